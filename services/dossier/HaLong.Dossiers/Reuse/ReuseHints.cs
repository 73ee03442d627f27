using HaLong.Dossiers.Domain;
using HaLong.Dossiers.Filing.Checks;

namespace HaLong.Dossiers.Reuse;

/// <summary>Says at a missing component that the applicant has it already. No defect of its own: it stands beside the one that says what is missing.</summary>
internal sealed class ReuseHints(ReuseOffers offers) : ISubmissionCheck
{
    public async Task CheckAsync(FilingCase filing, Defects defects, CancellationToken ct)
    {
        var missing = filing.Content.Missing(filing.Present).Select(c => c.Number).ToList();
        // Who cannot be told what is in the store is still told what is missing.
        if (missing.Count == 0 || await offers.FindAsync(filing.Dossier, filing.Content, ct) is not { IsSuccess: true } found)
            return;
        foreach (var number in missing)
        {
            if (!found.Value.TryGetValue(number, out var fitting))
                continue;
            var (code, file) = (fitting[0].Row.Dossier.Code, fitting[0].Row.Document.FileName);
            defects.Add(
                DossierErrors.MissingComponents, $"component{number}",
                $"Bạn đã có trong kho giấy tờ: “{file}” của hồ sơ {code}; hãy dùng lại.", $"You already have it in your document store: “{file}” of dossier {code}; use it again.");
        }
    }
}
