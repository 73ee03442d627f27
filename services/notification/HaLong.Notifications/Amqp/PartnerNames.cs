using System.Text.RegularExpressions;

namespace HaLong.Notifications.Amqp;

/// <summary>What belongs to a partner on the broker, by name. Ids with dots are refused: <c>a</c> could read the queues of <c>a.b</c>.</summary>
internal static partial class PartnerNames
{
    public const string Prefix = "partner.";

    /// <summary>Names of all queues of partners.</summary>
    public const string AnyQueue = @"^partner\.";

    public static bool IsUsable(string client) => Usable().IsMatch(client);

    public static string User(string client) => Prefix + client;

    public static string? ClientOf(string user) => user.StartsWith(Prefix, StringComparison.Ordinal) ? user[Prefix.Length..] : null;

    /// <summary>How the names of the partner's own queues and exchanges begin.</summary>
    public static string QueuePrefix(string client) => $"{Prefix}{client}.";

    /// <summary>Pattern of what the partner may declare, delete and write to.</summary>
    public static string Own(string client) => $@"^partner\.{client}\.";

    /// <summary>Pattern of what the partner may read and bind from.</summary>
    public static string Readable(string client) => $@"^(partner\.{client}\.|{PublicExchange.Name.Replace(".", @"\.", StringComparison.Ordinal)}$)";

    [GeneratedRegex(@"^[A-Za-z0-9_-]{1,80}\z")]
    private static partial Regex Usable();
}
