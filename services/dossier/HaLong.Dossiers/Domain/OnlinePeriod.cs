namespace HaLong.Dossiers.Domain;

/// <summary>How far a procedure can be done online from a day on (Nghị định 42/2022/NĐ-CP; since 1 July 2026 Nghị định 224/2026/NĐ-CP, Điều 14).</summary>
/// <param name="From">First day.</param>
/// <param name="Level">full (toàn trình), partial (một phần), none or unknown.</param>
/// <param name="ReasonCode">Why not wholly: presence, onSiteVerification, technicalFault, otherTechnical.</param>
/// <param name="LegalBasis">The sector's law that demands it; since 1 July 2026 a partial service must name reason and law.</param>
/// <param name="Assumed">True when not from a source.</param>
internal sealed record OnlinePeriod(DateOnly From, string Level, string? ReasonCode = null, string? LegalBasis = null, bool Assumed = false)
{
    /// <summary>Since this day a service is partial only with a reason and the law behind it.</summary>
    public static readonly DateOnly ReasonDuty = new(2026, 7, 1);
}

/// <summary>Levels of online service.</summary>
internal static class OnlineLevel
{
    public const string Full = "full";
    public const string Partial = "partial";
    public const string None = "none";

    /// <summary>An online channel is listed, or not even that is known; what it covers was not published.</summary>
    public const string Unknown = "unknown";
}
