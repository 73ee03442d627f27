using HaLong.Identity.V1;

namespace HaLong.Identity.Contracts;

/// <summary>What the authoriser says.</summary>
public enum Verdict
{
    /// <summary>Go on.</summary>
    Allowed,

    /// <summary>Not allowed.</summary>
    Refused,

    /// <summary>Identity does not answer: not allowed for now.</summary>
    Unavailable,
}

/// <summary>Where and for which unit a helper assists.</summary>
/// <param name="Unit">The helper's unit.</param>
/// <param name="Place">office or home.</param>
public sealed record Assistance(string Unit, string Place)
{
    /// <summary>Where the helper comes from: postOffice, communeOneStop or youthUnion; null where that is not known.</summary>
    public string? Organisation { get; init; }
}

/// <summary>A decision with the limits it holds within.</summary>
/// <param name="Verdict">Yes, no, or no answer.</param>
/// <param name="Reason">One of <see cref="RefusalReasons"/> for a no, else empty.</param>
public sealed record Decision(Verdict Verdict, string Reason = "")
{
    /// <summary>Everybody may do everything for himself that his role allows.</summary>
    public static readonly Decision Own = new(Verdict.Allowed);

    internal static readonly Decision NoAnswer = new(Verdict.Unavailable);

    /// <summary>True for a yes.</summary>
    public bool IsAllowed => Verdict == Verdict.Allowed;

    /// <summary>The only procedures covered; null = every one.</summary>
    public IReadOnlyList<string>? Procedures { get; init; }

    /// <summary>The only dossier covered; null = every one, unless <see cref="IsUnbound"/>.</summary>
    public Guid? DossierId { get; init; }

    /// <summary>True in an assisted session that has no dossier yet: it sees none, and the first one written to becomes its only one.</summary>
    public bool IsUnbound { get; init; }

    /// <summary>Set in assisted sessions.</summary>
    public Assistance? Assistance { get; init; }

    internal static Decision Of(CheckAnswer answer, Acting who) => new(answer.Allowed ? Verdict.Allowed : Verdict.Refused, answer.Reason)
    {
        Procedures = answer.ProcedureCodes.Count == 0 ? null : [.. answer.ProcedureCodes],
        DossierId = Guid.TryParse(answer.DossierId, out var dossier) ? dossier : null,
        IsUnbound = who.AssistedSession is not null && answer.DossierId.Length == 0,
        Assistance = who.AssistedSession is not null && answer.Allowed
            ? new Assistance(answer.HelperUnit, answer.Place) { Organisation = answer.HelperKind.Length == 0 ? null : answer.HelperKind }
            : null,
    };
}
