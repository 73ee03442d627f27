namespace HaLong.Dossiers.Contracts;

/// <summary>Whom a warning about a long wait is for, from the first step of the ladder to the last.</summary>
public static class WaitLevels
{
    /// <summary>The applicant, whose move it is, before the latest date.</summary>
    public const string Applicant = "applicant";

    /// <summary>The applicant again, at the latest date.</summary>
    public const string ApplicantLast = "applicantLast";

    /// <summary>Officer and approver: the last day on which a new appointment can be given is near.</summary>
    public const string Extension = "extension";

    /// <summary>Who has the next move, or looks after the dossier while the applicant has it.</summary>
    public const string Officer = "officer";

    /// <summary>Chief and approver of the unit that has the next move.</summary>
    public const string Supervisor = "supervisor";

    /// <summary>The owner: the agency is late.</summary>
    public const string Citizen = "citizen";

    /// <summary>Every level, the lowest first.</summary>
    public static readonly IReadOnlyList<string> All = [Applicant, ApplicantLast, Extension, Officer, Supervisor, Citizen];
}
