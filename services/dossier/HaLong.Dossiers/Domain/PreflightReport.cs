namespace HaLong.Dossiers.Domain;

/// <summary>What was found when a document was looked at before filing (kiểm tra sơ bộ).</summary>
/// <param name="Checks">Each check once.</param>
/// <param name="CheckedAt">When.</param>
/// <param name="Attempts">How often somebody that had to be asked did not answer.</param>
/// <param name="Pages">Number of pages, where there are any.</param>
internal sealed record PreflightReport(IReadOnlyList<PreflightCheck> Checks, DateTimeOffset CheckedAt, int Attempts, int? Pages)
{
    public bool IsInfected => Checks.Any(c => c is { Code: CheckCode.Malware, Outcome: CheckOutcome.Fail });
}

/// <summary>One check.</summary>
/// <param name="Code">One of <see cref="CheckCode"/>.</param>
/// <param name="Outcome">One of <see cref="CheckOutcome"/>.</param>
/// <param name="Reason">Stable word for the sentence that is shown.</param>
/// <param name="Details">Numbers and words for its places.</param>
/// <param name="Blocks">True when it stands in the way of filing.</param>
internal sealed record PreflightCheck(string Code, string Outcome, string Reason, IReadOnlyList<string> Details, bool Blocks = false)
{
    public static PreflightCheck Passed(string code) => new(code, CheckOutcome.Passed, "ok", []);

    public static PreflightCheck Warn(string code, string reason, params string[] details) => new(code, CheckOutcome.Warn, reason, details);

    public static PreflightCheck Fail(string code, string reason, params string[] details) => new(code, CheckOutcome.Fail, reason, details);

    public static PreflightCheck NotChecked(string code, string reason) => new(code, CheckOutcome.NotChecked, reason, []);
}

/// <summary>What is looked at.</summary>
internal static class CheckCode
{
    public const string Opens = "opens";
    public const string Encrypted = "encrypted";
    public const string Size = "size";
    public const string Active = "active";
    public const string Blank = "blank";
    public const string Legible = "legible";
    public const string Signature = "signature";
    public const string Malware = "malware";
}

/// <summary>How it ended.</summary>
internal static class CheckOutcome
{
    public const string Passed = "passed";
    public const string Warn = "warn";
    public const string Fail = "fail";

    /// <summary>Somebody that has to be asked does not answer; asked again later.</summary>
    public const string NotChecked = "notChecked";
}
