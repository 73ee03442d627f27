using System.Text;

namespace HaLong.PartnerLab.Mail;

/// <summary>AUTH PLAIN and AUTH LOGIN (RFC 4954).</summary>
internal static class SmtpAuth
{
    /// <summary>True when name and password are the right ones.</summary>
    public static async Task<bool> AskAsync(SmtpWire wire, string argument, SmtpOptions options, CancellationToken ct)
    {
        var words = argument.Split(' ', 2);
        switch (words[0].ToUpperInvariant())
        {
            case "PLAIN":
                var plain = words.Length > 1 ? Decode(words[1]) : await AskAsync(wire, "334 ", ct);
                return plain.Split('\0') is [_, var user, var password] && Knows(options, user, password);
            case "LOGIN":
                var name = words.Length > 1 ? Decode(words[1]) : await AskAsync(wire, "334 VXNlcm5hbWU6", ct);
                return Knows(options, name, await AskAsync(wire, "334 UGFzc3dvcmQ6", ct));
            default:
                return false;
        }
    }

    private static bool Knows(SmtpOptions options, string user, string password) =>
        options.User.Length > 0 && (user, password) == (options.User, options.Password);

    private static async Task<string> AskAsync(SmtpWire wire, string question, CancellationToken ct)
    {
        await wire.ReplyAsync(question, ct);
        return Decode(Encoding.ASCII.GetString(await wire.ReadLineAsync(ct) ?? []));
    }

    private static string Decode(string text)
    {
        var octets = new byte[text.Length];
        return Convert.TryFromBase64String(text, octets, out var length) ? Encoding.UTF8.GetString(octets, 0, length) : "";
    }
}
