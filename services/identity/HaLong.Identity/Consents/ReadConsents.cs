using System.Globalization;
using HaLong.Identity.Domain;
using HaLong.Identity.PersonalData;
using HaLong.Identity.Persistence;
using HaLong.ServiceDefaults;
using Microsoft.EntityFrameworkCore;

namespace HaLong.Identity.Consents;

/// <summary>What there is to agree to, where the caller stands, and the proof of it.</summary>
internal static class ReadConsents
{
    public static async Task<IResult> PurposesAsync(ConsentLedger ledger, CancellationToken ct) =>
        TypedResults.Ok(new Page<PurposeView>((await ledger.TextsInForceAsync(ct)).ConvertAll(PurposeView.Of), null));

    public static async Task<IResult> MineAsync(Caller caller, ConsentLedger ledger, CancellationToken ct) =>
        TypedResults.Ok(new Page<ConsentView>((await ledger.StandingsAsync(caller.AccountId, ct)).ConvertAll(ConsentView.Of), null));

    public static async Task<IResult> ProofAsync(string purpose, Caller caller, IdentityDbContext db, CancellationToken ct)
    {
        var proof = await FindAsync(purpose, caller, db, ct);
        return proof.Match(TypedResults.Ok);
    }

    public static async Task<IResult> PrintAsync(string purpose, Caller caller, IdentityDbContext db, TimeProvider time, CancellationToken ct)
    {
        var proof = await FindAsync(purpose, caller, db, ct);
        return proof.Match(p => TypedResults.File(Print(p, caller.DisplayName, time.GetUtcNow()), "application/pdf", $"{purpose}.pdf"));
    }

    private static async Task<Result<ConsentProofView>> FindAsync(string purpose, Caller caller, IdentityDbContext db, CancellationToken ct)
    {
        var lines = await db.Consents.AsNoTracking().Where(c => c.AccountId == caller.AccountId && c.Purpose == purpose)
            .OrderBy(c => c.At).ThenBy(c => c.Id).ToListAsync(ct);
        if (lines.Count == 0)
            return IdentityErrors.NothingToWithdraw;
        var versions = lines.Select(l => l.TextVersion).Distinct().ToList();
        var texts = await db.ConsentTexts.AsNoTracking().Where(t => t.Purpose == purpose && versions.Contains(t.Version)).OrderBy(t => t.Version).ToListAsync(ct);
        return new ConsentProofView(caller.AccountId, purpose, lines.ConvertAll(ConsentLineView.Of), texts.ConvertAll(PurposeView.Of));
    }

    private static byte[] Print(ConsentProofView proof, string name, DateTimeOffset now)
    {
        var title = Text.Bilingual("Chứng nhận sự đồng ý xử lý dữ liệu cá nhân", "Proof of consent to the processing of personal data");
        return PdfReport.Render(title, now, report =>
        {
            report.Pair(Text.Bilingual("Người đồng ý", "Person"), name);
            report.Pair(Text.Bilingual("Mã tài khoản", "Account"), proof.AccountId.ToString());
            report.Pair(Text.Bilingual("Mục đích", "Purpose"), proof.Texts[^1].Name);
            report.Heading(Text.Bilingual("Diễn biến", "What happened"));
            foreach (var line in proof.Lines)
            {
                var what = line.Granted ? Text.Bilingual("Đồng ý", "Given") : Text.Bilingual("Rút lại", "Withdrawn");
                report.Pair(PdfReport.Moment(line.At), string.Create(CultureInfo.InvariantCulture,
                    $"{what}; {Text.Bilingual("phiên bản", "version")} {line.TextVersion}; {line.Channel}; {line.Id}; SHA-256 {line.TextSha256}"));
            }

            foreach (var text in proof.Texts)
            {
                report.Heading(string.Create(CultureInfo.InvariantCulture, $"{Text.Bilingual("Văn bản, phiên bản", "Text, version")} {text.Version}"));
                report.Paragraph(text.TextVi);
                report.Paragraph(text.TextEn);
            }
        });
    }
}
