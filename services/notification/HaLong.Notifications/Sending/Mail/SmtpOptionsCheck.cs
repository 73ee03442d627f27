using Microsoft.Extensions.Options;
using MimeKit;

namespace HaLong.Notifications.Sending.Mail;

/// <summary>What must be right before a mail leaves, and depends on where this runs.</summary>
internal sealed class SmtpOptionsCheck(IHostEnvironment environment) : IValidateOptions<SmtpOptions>
{
    private const int ShortestSecret = 16;

    public ValidateOptionsResult Validate(string? name, SmtpOptions options)
    {
        var failures = new List<string>();
        if (!environment.IsDevelopment())
        {
            if (options.Dkim is { ByServer: false, Keys.Length: 0 })
                failures.Add("Smtp:Dkim:Keys is empty: outside development mail is signed. If the mail server signs, say so with Smtp:Dkim:ByServer.");
            if (options.Servers.Any(s => s.Tls == MailTls.WhenAvailable))
                failures.Add("Smtp:Tls WhenAvailable is for development: who sits between could take the encryption away.");
        }

        if (options.Reports.Secret is { Length: > 0 and < ShortestSecret })
            failures.Add("Smtp:Reports:Secret needs at least 16 characters.");
        if (options.Dkim.Keys.Length > 0 && MailboxAddress.TryParse(options.From, out var from))
        {
            try
            {
                DkimSigners.Load(options.Dkim, from.Domain);
            }
            catch (Exception e) when (e is IOException or FormatException or UnauthorizedAccessException)
            {
                failures.Add($"Smtp:Dkim:Keys: {e.Message}");
            }
        }

        return failures.Count > 0 ? ValidateOptionsResult.Fail(failures) : ValidateOptionsResult.Success;
    }
}
