using System.Text;
using System.Text.Json;
using HaLong.Identity.Keys;
using HaLong.Identity.Persistence;
using HaLong.Messaging;
using Microsoft.Extensions.Options;

namespace HaLong.Identity.Codes;

/// <summary>Writes notices to telephones and mailboxes. Adds rows; the caller saves them together with what the notice is about.</summary>
internal sealed class DirectNotices(IdentityDbContext db, KeyVault vault, IOptions<CodeOptions> options, TimeProvider time)
{
    private const string Vault = "direct-notices";

    /// <param name="phone">A mobile number, E.164.</param>
    /// <param name="language">vi or en.</param>
    /// <param name="template">One of <see cref="NoticeTemplates"/>.</param>
    /// <param name="values">What fills the places of the text; nothing personal: an SMS can be read on a locked screen.</param>
    public void AddSms(string phone, string language, string template, IReadOnlyDictionary<string, string>? values = null) =>
        Add("sms", phone, language, template, values);

    /// <summary>The same by e-mail.</summary>
    public void AddEmail(string email, string language, string template, IReadOnlyDictionary<string, string>? values = null) =>
        Add("email", email, language, template, values);

    internal string TargetOf(DirectNotice notice) => Encoding.UTF8.GetString(vault.Open(Vault, notice.Id.ToString("N"), notice.SealedTarget));

    private void Add(string channel, string target, string language, string template, IReadOnlyDictionary<string, string>? values)
    {
        var now = time.GetUtcNow();
        var id = Guid.CreateVersion7(now);
        db.DirectNotices.Add(new DirectNotice
        {
            Id = id,
            Channel = channel,
            SealedTarget = vault.Seal(Vault, id.ToString("N"), Encoding.UTF8.GetBytes(target)),
            Language = language,
            Template = template,
            Values = JsonSerializer.Serialize(values ?? new Dictionary<string, string>()),
            ExpiresAt = now + options.Value.NoticeLifetime,
        });
        db.Enqueue(new SendDirectNotice(id, 1));
    }
}
