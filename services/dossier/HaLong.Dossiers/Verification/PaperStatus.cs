namespace HaLong.Dossiers.Verification;

/// <summary>What became of a paper.</summary>
internal static class PaperStatus
{
    /// <summary>It counts as it is.</summary>
    public const string Valid = "VALID";

    /// <summary>An error was found in it and another one took its place.</summary>
    public const string Replaced = "REPLACED";

    /// <summary>A paper of a dossier that the applicant took back: its appointment no longer holds.</summary>
    public const string Withdrawn = "WITHDRAWN";

    public static (string Vi, string En) Name(string status) => status switch
    {
        Replaced => ("Đã bị thay thế, không còn giá trị", "Replaced, no longer valid"),
        Withdrawn => ("Hồ sơ đã được rút, giấy không còn giá trị", "The dossier was withdrawn, no longer valid"),
        _ => ("Còn giá trị", "Valid"),
    };
}
