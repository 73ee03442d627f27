namespace HaLong.Dossiers.Statistics.Facts;

/// <summary>Where a dossier stands, by the national code of its state (TrangThaiHoSo); drafts are not counted.</summary>
internal static class StateKind
{
    public const short New = 1, Accepted = 2, NotAccepted = 3, Processing = 4, Supplement = 5, Payment = 6, Withdrawn = 7, Stopped = 8, Resolved = 9, Returned = 10;

    public static readonly IReadOnlyList<short> All = [New, Accepted, NotAccepted, Processing, Supplement, Payment, Withdrawn, Stopped, Resolved, Returned];

    /// <summary>The legal clock can be overdue in it.</summary>
    public static bool IsInProgress(short kind) => kind is Accepted or Processing;
}

/// <summary>The steps of which statistics know how long they take.</summary>
internal static class StayKind
{
    /// <summary>From filing to acceptance, without the applicant's time.</summary>
    public const short Check = 1;

    /// <summary>From acceptance until an officer has it.</summary>
    public const short Assignment = 2;

    /// <summary>With the officer.</summary>
    public const short Processing = 3;

    /// <summary>Another agency is asked.</summary>
    public const short Opinion = 4;

    /// <summary>The applicant completes the dossier.</summary>
    public const short Supplement = 5;

    /// <summary>The applicant pays.</summary>
    public const short Payment = 6;

    /// <summary>From approval to the signed result.</summary>
    public const short Signature = 7;

    /// <summary>From the result until the applicant has it.</summary>
    public const short HandOver = 8;

    /// <summary>From filing to the result, all in all.</summary>
    public const short Whole = 9;

    public static readonly IReadOnlyList<short> All = [Check, Assignment, Processing, Opinion, Supplement, Payment, Signature, HandOver, Whole];

    /// <summary>As the interface names it.</summary>
    public static string Name(short kind) => kind switch
    {
        Check => "check",
        Assignment => "assignment",
        Processing => "processing",
        Opinion => "opinion",
        Supplement => "supplement",
        Payment => "payment",
        Signature => "signature",
        HandOver => "handOver",
        _ => "whole",
    };
}
