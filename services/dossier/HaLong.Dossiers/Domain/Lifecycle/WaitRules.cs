using HaLong.Dossiers.Deadlines;

namespace HaLong.Dossiers.Domain.Lifecycle;

/// <summary>What limits a wait.</summary>
internal enum WaitLimit
{
    /// <summary>The dossier says it: <see cref="Dossier.WaitUntil"/>.</summary>
    Until,

    /// <summary>The date on which the result is due.</summary>
    Due,
    Draft,
    Reception,
    Forwarding,
    Pool,
    Payment,
    Signing,
    HandingOver,
    Demanding,
}

/// <summary>How long the platform lets somebody wait, under one regime. Settings; what no law says is assumed and marked so.</summary>
internal sealed class WaitRules
{
    /// <summary>Working hours in which reception checks what was filed online: words of several ministries' procedures, no general rule is known.</summary>
    public int ReceptionHours { get; set; } = 8;

    /// <summary>Working days in which somebody of the agency takes a dossier up. Assumed.</summary>
    public int PoolDays { get; set; } = 1;

    /// <summary>Days that the applicant has to pay; as long as a payment request lives. Assumed.</summary>
    public int PaymentDays { get; set; } = 15;

    /// <summary>Working hours for a signature by the platform. Assumed.</summary>
    public int SigningHours { get; set; } = 4;

    /// <summary>Working days from the signature to the handing over when the result is late anyway. Assumed.</summary>
    public int HandingOverDays { get; set; } = 1;

    /// <summary>Days after which nobody has worked on a draft. Assumed.</summary>
    public int DraftDays { get; set; } = 90;

    /// <summary>Days for the applicant to answer a supplement request that names no date. Assumed.</summary>
    public int SupplementDays { get; set; } = 30;

    /// <summary>Most days that an official can give the applicant or another agency. Assumed.</summary>
    public int MaxDays { get; set; } = 365;

    /// <summary>A limit and whether it is assumed; null where the dossier itself knows the date.</summary>
    public (TimeLimit Limit, bool Assumed)? Of(WaitLimit limit) => limit switch
    {
        WaitLimit.Draft => (new TimeLimit(LimitUnit.CalendarDay, DraftDays), true),
        WaitLimit.Reception => (TimeLimit.Of(ReceptionHours, "workingHour"), true),
        // Decree 61/2018, article 18: the same working day, or the next one for what was received after 15:00.
        WaitLimit.Forwarding => (new TimeLimit(LimitUnit.SameDay, 0), false),
        WaitLimit.Pool or WaitLimit.Demanding => (TimeLimit.WorkingDays(PoolDays), true),
        WaitLimit.Payment => (new TimeLimit(LimitUnit.CalendarDay, PaymentDays), true),
        WaitLimit.Signing => (TimeLimit.Of(SigningHours, "workingHour"), true),
        WaitLimit.HandingOver => (TimeLimit.WorkingDays(HandingOverDays), true),
        _ => null,
    };
}
