using System.Collections.Frozen;
using Microsoft.IdentityModel.JsonWebTokens;

namespace HaLong.ServiceDefaults;

/// <summary>The voids of the last token lifetime as identity serves them; what is older has run out by itself.</summary>
/// <param name="Sessions">Every token of these sessions (claim sid) is void.</param>
/// <param name="Subjects">By subject: tokens with a lower epoch are void.</param>
/// <param name="Tokens">Single tokens by their id (claim oi_tkn_id).</param>
public sealed record RevocationFeed(IReadOnlyList<string> Sessions, IReadOnlyDictionary<string, int> Subjects, IReadOnlyList<string> Tokens)
{
    /// <summary>Where identity serves it, inside the platform only.</summary>
    public const string Path = "/internal/revocations";

    /// <summary>Ids of the keys that identity publishes: a service that lacks one reads the keys before the first token of it comes.</summary>
    public IReadOnlyList<string> Keys { get; init; } = [];
}

/// <summary>The same, made for looking up: asked for every request, so it neither locks nor allocates.</summary>
public sealed class VoidTokens(RevocationFeed feed)
{
    /// <summary>Nothing is void.</summary>
    public static readonly VoidTokens None = new(new RevocationFeed([], new Dictionary<string, int>(), []));

    private readonly FrozenSet<string> _sessions = feed.Sessions.ToFrozenSet(StringComparer.Ordinal);
    private readonly FrozenDictionary<string, int> _subjects = feed.Subjects.ToFrozenDictionary(StringComparer.Ordinal);
    private readonly FrozenSet<string> _tokens = feed.Tokens.ToFrozenSet(StringComparer.Ordinal);

    /// <summary>Ids of the keys that identity publishes.</summary>
    public IReadOnlyList<string> Keys { get; } = feed.Keys;

    /// <summary>How many voids there are.</summary>
    public int Count => _sessions.Count + _subjects.Count + _tokens.Count;

    /// <summary>True when the token, good as its signature may be, must no longer be believed.</summary>
    public bool Contains(JsonWebToken token)
    {
        ArgumentNullException.ThrowIfNull(token);
        return (_sessions.Count > 0 && token.TryGetPayloadValue<string>("sid", out var session) && _sessions.Contains(session))
            || (_subjects.Count > 0 && _subjects.TryGetValue(token.Subject, out var epoch) && EpochOf(token) < epoch)
            || (_tokens.Count > 0 && token.TryGetPayloadValue<string>("oi_tkn_id", out var id) && _tokens.Contains(id));
    }

    // A token that does not say is as old as can be.
    private static int EpochOf(JsonWebToken token) => token.TryGetPayloadValue<int>("epoch", out var epoch) ? epoch : -1;
}
