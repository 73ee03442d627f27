using HaLong.Dossiers.Domain;
using HaLong.ServiceDefaults;

namespace HaLong.Dossiers.Files.Checks;

/// <summary>What is known of a document before filing.</summary>
/// <param name="State">pending: nobody has looked yet; incomplete: somebody who must be asked has not answered, asked again; checked.</param>
/// <param name="Blocks">True when it stands in the way of filing.</param>
/// <param name="Pages">Number of pages.</param>
internal sealed record PreflightView(string State, bool Blocks, int? Pages, IReadOnlyList<CheckView> Checks, DateTimeOffset? CheckedAt)
{
    /// <summary>Null for documents that are not looked at: those that the platform made.</summary>
    public static PreflightView? Of(DossierDocument document) => document switch
    {
        { Preflight: { } report } => new PreflightView(
            document.PreflightDueAt is null ? "checked" : "incomplete", report.Checks.Any(c => c.Blocks), report.Pages, [.. report.Checks.Select(CheckView.Of)], report.CheckedAt),
        { PreflightDueAt: not null } => new PreflightView("pending", false, null, [], null),
        _ => null,
    };
}

/// <summary>One check.</summary>
/// <param name="Code">opens, encrypted, size, active, blank, legible, signature, malware.</param>
/// <param name="Outcome">passed, warn, fail or notChecked.</param>
/// <param name="Message">What was found and what to do, in the language of the request.</param>
/// <param name="Blocks">True when it stands in the way of filing.</param>
internal sealed record CheckView(string Code, string Outcome, string Message, bool Blocks)
{
    public static CheckView Of(PreflightCheck check)
    {
        var (vi, en) = CheckTexts.Of(check);
        return new CheckView(check.Code, check.Outcome, Text.Bilingual(vi, en), check.Blocks);
    }
}
