using System.Collections.Concurrent;
using Microsoft.Extensions.Options;

namespace HaLong.Notifications.Sending.Zalo;

/// <summary>Which of the approved texts may be sent at the moment; remembered for a few minutes.</summary>
internal sealed class ZaloTemplates(ZaloClient client, IOptions<ZaloOptions> options, TimeProvider clock)
{
    private const int Most = 500;
    private readonly ConcurrentDictionary<string, (bool Enabled, DateTimeOffset Until)> known = new(StringComparer.Ordinal);

    /// <summary>True, false, or null when that could not be learnt: then sending shows it.</summary>
    public async Task<bool?> IsEnabledAsync(string template, string token, CancellationToken ct)
    {
        if (known.TryGetValue(template, out var entry) && clock.GetUtcNow() < entry.Until)
            return entry.Enabled;
        var reply = await client.TemplateAsync(token, template, ct);
        bool? enabled = reply.Error switch
        {
            0 => reply.Text("data", "status") == "ENABLE",
            { } error when ZaloCodes.IsTemplate(error) => false,
            _ => null,
        };
        if (enabled is { } word)
            Remember(template, word);
        return enabled;
    }

    public void Remember(string template, bool enabled)
    {
        if (known.Count >= Most)
            known.Clear();
        known[template] = (enabled, clock.GetUtcNow() + options.Value.TemplateCheckFor);
    }
}
