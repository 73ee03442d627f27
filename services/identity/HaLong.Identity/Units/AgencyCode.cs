namespace HaLong.Identity.Units;

/// <summary>An identification code under which the agency of a unit exchanges data. Codes are re-issued; old ones stay look-up keys.</summary>
internal sealed class AgencyCode
{
    /// <summary>QCVN 102:2016/BTTTT: H49 and what hangs under it.</summary>
    public const string Qcvn102 = "QCVN102";

    /// <summary>Decision 20/2020/QĐ-TTg.</summary>
    public const string Decision20 = "QD20";

    public required string UnitId { get; init; }

    public required string Scheme { get; init; }

    public required string Code { get; init; }

    public DateOnly? ValidFrom { get; init; }

    public DateOnly? ValidTo { get; init; }
}
