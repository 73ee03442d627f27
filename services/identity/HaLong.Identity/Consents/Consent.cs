using HaLong.ServiceDefaults;

namespace HaLong.Identity.Consents;

/// <summary>One line of the ledger: somebody gave or withdrew a consent. Lines are added, never changed.</summary>
internal sealed class Consent
{
    public required Guid Id { get; init; }

    public required Guid AccountId { get; init; }

    public required string Purpose { get; init; }

    /// <summary>The version of the text that was shown.</summary>
    public required int TextVersion { get; init; }

    /// <summary>SHA-256 of that text in both languages, in lower-case hex: proves which words were agreed to.</summary>
    public required string TextSha256 { get; init; }

    /// <summary>False for a withdrawal.</summary>
    public required bool Granted { get; init; }

    public required DateTimeOffset At { get; init; }

    /// <summary>online, counter or assisted.</summary>
    public required string Channel { get; init; }

    /// <summary>The sign-in or assisted session in which it happened.</summary>
    public Guid? SessionId { get; init; }

    /// <summary>Who pressed the button: the person, or the helper or official beside the person.</summary>
    public required Guid ActorId { get; init; }

    /// <summary>What else proves it, for example the id of a signed paper or of a one-time code; never its content.</summary>
    public string? Evidence { get; init; }
}

/// <summary>How a consent came about.</summary>
/// <param name="Channel">online, counter or assisted.</param>
/// <param name="SessionId">The sign-in or assisted session.</param>
/// <param name="ActorId">Who pressed the button.</param>
/// <param name="Evidence">Id of a signed paper or one-time code, if that is the proof.</param>
internal sealed record ConsentProof(string Channel, Guid? SessionId, Guid ActorId, string? Evidence = null)
{
    /// <summary>Given by the caller in person.</summary>
    public static ConsentProof Of(Caller caller) => new(caller.Channel, caller.SessionId, caller.ActorId);
}
