namespace HaLong.Dossiers.Watchdog.Ladders;

/// <summary>Who is warned when, under one regime. No law names these times: all of them are assumed.</summary>
internal sealed class LadderRules
{
    /// <summary>Per cent of the working time of a wait after which whoever has the move is warned.</summary>
    public int OfficerPercent { get; set; } = 75;

    /// <summary>Working minutes after the latest date until the supervisors are told.</summary>
    public int SupervisorMinutes { get; set; }

    /// <summary>Working days after the latest date until the owner is told that the agency is late.</summary>
    public int CitizenDays { get; set; } = 1;

    /// <summary>Per cent of the working time of the applicant's own wait after which he is reminded.</summary>
    public int ApplicantPercent { get; set; } = 75;

    /// <summary>Working days after the applicant's latest date until the officer is told, who may stop or refuse.</summary>
    public int AfterApplicantDays { get; set; } = 1;

    /// <summary>Working days before the last day for a new appointment on which officer and approver are warned.</summary>
    public int ExtensionDays { get; set; } = 1;

    /// <summary>Working days that the platform gives itself when it apologises for a result that is late.</summary>
    public int NewAppointmentDays { get; set; } = 5;

    private const int MostDays = 60, MostMinutes = 6000;

    public bool IsValid =>
        OfficerPercent is >= 0 and <= 100 && ApplicantPercent is >= 0 and <= 100 && SupervisorMinutes is >= 0 and <= MostMinutes
        && new[] { CitizenDays, AfterApplicantDays, ExtensionDays }.All(d => d is >= 0 and <= MostDays) && NewAppointmentDays is >= 1 and <= MostDays;
}
