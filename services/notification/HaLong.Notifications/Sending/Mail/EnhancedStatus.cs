using System.Collections.Frozen;
using System.Globalization;
using System.Text.RegularExpressions;

namespace HaLong.Notifications.Sending.Mail;

/// <summary>A mail system's status in three numbers (RFC 3463, registry of RFC 5248), e.g. 5.1.1.</summary>
/// <param name="Class">2 success, 4 for now, 5 for good.</param>
/// <param name="Subject">1 address, 2 mailbox, 3 system, 4 network, 5 protocol, 6 content, 7 policy.</param>
/// <param name="Detail">Within the subject.</param>
internal sealed partial record EnhancedStatus(int Class, int Subject, int Detail)
{
    // Subject and detail mean the same in every class; whether anybody is reached there is another question.
    private static readonly FrozenDictionary<(int, int), (string Word, bool BadAddress)> Known = new Dictionary<(int, int), (string, bool)>
    {
        [(1, 0)] = ("address refused", true),
        [(1, 1)] = ("no such mailbox", true),
        [(1, 2)] = ("no such domain", true),
        [(1, 3)] = ("address not valid", true),
        [(1, 4)] = ("address ambiguous", true),
        [(1, 6)] = ("mailbox has moved", true),
        [(1, 10)] = ("domain takes no mail", true),
        [(2, 0)] = ("mailbox refused", false),
        [(2, 1)] = ("mailbox disabled", true),
        [(2, 2)] = ("mailbox full", false),
        [(2, 3)] = ("mail too long for the mailbox", false),
        [(3, 0)] = ("mail system refused", false),
        [(3, 1)] = ("mail system full", false),
        [(3, 2)] = ("mail system takes no mail", false),
        [(3, 4)] = ("mail too big", false),
        [(4, 1)] = ("no answer from the host", false),
        [(4, 4)] = ("no way to the host", true),
        [(4, 7)] = ("not delivered in time", false),
        [(5, 0)] = ("protocol error", false),
        [(6, 0)] = ("content refused", false),
        [(7, 0)] = ("refused by policy", false),
        [(7, 1)] = ("refused by policy", false),
        [(7, 20)] = ("no DKIM signature that holds", false),
        [(7, 23)] = ("SPF failed", false),
        [(7, 26)] = ("not authenticated", false),
    }.ToFrozenDictionary();

    /// <summary>What it means, in short words.</summary>
    public string Word => Meaning.Word;

    /// <summary>Nobody is reached there, and nobody will be. What is so only for now (4.x.x) does not say that of an address.</summary>
    public bool IsBadAddress => Class == 5 && Meaning.BadAddress;

    private (string Word, bool BadAddress) Meaning => Known.TryGetValue((Subject, Detail), out var exact) ? exact
        : Known.TryGetValue((Subject, 0), out var general) ? (general.Word, false)
        : ("undelivered", false);

    /// <summary>The first one in a server's words; null when it gives none.</summary>
    public static EnhancedStatus? Find(string? text)
    {
        var match = Pattern().Match(text ?? "");
        return match.Success ? new EnhancedStatus(Number(match.Groups[1]), Number(match.Groups[2]), Number(match.Groups[3])) : null;
    }

    public override string ToString() => string.Create(CultureInfo.InvariantCulture, $"{Class}.{Subject}.{Detail}");

    private static int Number(Group digits) => int.Parse(digits.ValueSpan, CultureInfo.InvariantCulture);

    [GeneratedRegex(@"(?<![0-9.])([245])\.([0-9]{1,3})\.([0-9]{1,3})(?![0-9.]*[0-9])")]
    private static partial Regex Pattern();
}
