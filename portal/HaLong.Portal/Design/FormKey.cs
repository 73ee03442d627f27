using System.Security.Cryptography;
using System.Text;

namespace HaLong.Portal.Design;

/// <summary>Keys under which a form has its effect once, however often it is sent.</summary>
internal static class FormKey
{
    public static string New() => Guid.CreateVersion7().ToString();

    /// <summary>The key that came with the form; a new one for what is none.</summary>
    public static string Of(string? sent) => Guid.TryParse(sent, out _) ? sent : New();

    /// <summary>The key of one of several steps of a form.</summary>
    public static string Of(string? sent, string step) =>
        new Guid(SHA256.HashData(Encoding.UTF8.GetBytes($"{Of(sent)} {step}")).AsSpan(0, 16)).ToString();
}
