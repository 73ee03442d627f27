using System.Net.Http.Json;
using System.Text.Json.Nodes;
using System.Text.RegularExpressions;
using HaLong.Cli.Platform;

namespace HaLong.Cli.Journey;

/// <summary>The telephones of the demonstration: what the simulated SMS provider sent to them.</summary>
internal sealed partial class Telephone(HttpClient outside, PlatformFile platform)
{
    /// <summary>Words of the message with which a person agrees to be helped.</summary>
    public static readonly string[] ToBeHelped = ["nguoi ho tro", "helper"];

    /// <summary>Words of the message with which a person signs.</summary>
    public static readonly string[] ToSign = ["ky so", "SIGN"];

    /// <summary>When the last message of its kind came; empty without one.</summary>
    public async Task<string> LastAsync(string role, string[] about) => await MessagesAsync(role, about) is [.., var last] ? Text(last, "receivedAt") : "";

    /// <summary>The code of the last message of its kind that came after <paramref name="after"/>. Others may come meanwhile.</summary>
    public Task<string> CodeAsync(string role, string[] about, string after = "") => StepLog.UntilAsync(
        async () => await MessagesAsync(role, about) is [.., var last] && string.CompareOrdinal(Text(last, "receivedAt"), after) > 0 ? SixDigits().Match(Text(last, "text")).Value : "",
        code => code.Length == 6, $"a code reaches the telephone of {role}");

    private async Task<List<JsonNode>> MessagesAsync(string role, string[] about)
    {
        var phone = platform.Account(role).Phone.TrimStart('0');
        var messages = await outside.GetFromJsonAsync<JsonArray>(new Uri("/sms/messages", UriKind.Relative));
        return [.. messages!.Select(m => m!).Where(m => Text(m, "to").EndsWith(phone, StringComparison.Ordinal) && about.Any(w => Text(m, "text").Contains(w, StringComparison.Ordinal)))
            .OrderBy(m => Text(m, "receivedAt"), StringComparer.Ordinal)];
    }

    private static string Text(JsonNode node, string name) => node[name]?.ToString() ?? "";

    [GeneratedRegex(@"\b\d{6}\b")]
    private static partial Regex SixDigits();
}
