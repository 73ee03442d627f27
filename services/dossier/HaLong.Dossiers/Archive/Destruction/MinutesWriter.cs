using System.Globalization;
using HaLong.Dossiers.Filing.Keys;
using HaLong.Dossiers.Papers;
using HaLong.Dossiers.Persistence;
using HaLong.Papers;
using HaLong.ServiceDefaults;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.Options;

namespace HaLong.Dossiers.Archive.Destruction;

/// <summary>Writes the minutes of a list of which nothing is left to do (biên bản tiêu hủy): for people, and signed for programs.</summary>
internal sealed class MinutesWriter(DossierDbContext db, Signer signer, IOptions<DossierOptions> options, TimeProvider time)
{
    private static readonly IReadOnlyList<Column> Columns =
    [
        new("STT", 0.07f, Align.Center), new("Mã hồ sơ", 0.27f), new("Thủ tục", 0.13f), new("Kết thúc", 0.13f), new("Hết hạn bảo quản", 0.15f),
        new("Tệp", 0.07f, Align.Right), new("Xử lý", 0.18f),
    ];

    /// <returns>False when no list waits for its minutes.</returns>
    public async Task<bool> RunOneAsync(CancellationToken ct)
    {
        await using var transaction = await db.Database.BeginTransactionAsync(ct);
        var finished = await db.DestructionLists.FromSql($"""
            SELECT *, xmin FROM destruction_list l
            WHERE state = 'approved' AND NOT EXISTS (SELECT 1 FROM destruction_item i WHERE i.list_id = l.id AND i.state = 'pending')
            ORDER BY id LIMIT 1 FOR UPDATE SKIP LOCKED
            """).ToListAsync(ct);
        if (finished is not [var list])
            return false;
        var items = await db.DestructionItems.AsNoTracking().Where(i => i.ListId == list.Id).OrderBy(i => i.Number).ToListAsync(ct);
        var now = time.Now();
        var jws = await signer.SignAsync(MinutesStatement.Type, MinutesStatement.Of(list, items, options.Value.PublicUrl.TrimEnd('/'), now), ct);
        list.Execute(Render(list, items, now), jws, now);
        await db.SaveChangesAsync(ct);
        await transaction.CommitAsync(ct);
        return true;
    }

    internal static byte[] Render(DestructionList list, IReadOnlyList<DestructionItem> items, DateTimeOffset now) =>
        PdfSheet.Render(Paper.A4, "Biên bản tiêu hủy hồ sơ hết thời hạn bảo quản", list.UnitCode, now, sheet =>
        {
            sheet.Text("BIÊN BẢN TIÊU HỦY HỒ SƠ", 16, bold: true, Align.Center);
            sheet.Text("hết thời hạn bảo quản", 12, align: Align.Center);
            sheet.Space(12);
            sheet.Text($"Đơn vị: {list.UnitCode}", 11);
            sheet.Text($"Danh mục số: {list.Id}", 11);
            sheet.Text($"Căn cứ: {list.LegalBasis}", 11);
            sheet.Text($"Người lập danh mục: {list.ProposedByName}, {Moment(list.ProposedAt)}", 11);
            sheet.Text($"Người phê duyệt: {list.ReviewedByName}, {Moment(list.ReviewedAt!.Value)}", 11);
            sheet.Text($"Hoàn thành tiêu hủy: {Moment(now)}", 11);
            var (destroyed, held) = (items.Count(i => i.State == DestructionItemState.Destroyed), items.Count(i => i.State == DestructionItemState.Held));
            sheet.Text($"Số hồ sơ đã tiêu hủy: {destroyed}; giữ lại: {held}", 11);
            sheet.Space(12);
            sheet.Table(Columns, [.. items.Select(Row)], 8);
        });

    private static IReadOnlyList<string> Row(DestructionItem i) =>
    [
        $"{i.Number}", i.Code, i.ProcedureCode, Day(LocalTime.Date(i.ClosedAt)), Day(i.KeepUntil), $"{i.Files.Count}",
        i.State == DestructionItemState.Destroyed ? "Đã tiêu hủy" : "Giữ lại",
    ];

    private static string Day(DateOnly day) => day.ToString("dd/MM/yyyy", CultureInfo.InvariantCulture);

    private static string Moment(DateTimeOffset at) => FormWords.Moment(at);
}

/// <summary>What the minutes state, signed as JWS with this type.</summary>
/// <param name="Iss">The platform.</param>
/// <param name="Iat">When they were written, seconds since 1970.</param>
internal sealed record MinutesStatement(
    string Iss, long Iat, Guid List, string Unit, string LegalBasis, string ProposedBy, DateTimeOffset ProposedAt, string ApprovedBy, DateTimeOffset ApprovedAt,
    IReadOnlyList<MinutesLine> Dossiers)
{
    /// <summary>Header typ.</summary>
    public const string Type = "halong-destruction+jwt";

    public static MinutesStatement Of(DestructionList l, IEnumerable<DestructionItem> items, string issuer, DateTimeOffset now) => new(
        issuer, now.ToUnixTimeSeconds(), l.Id, l.UnitCode, l.LegalBasis, l.ProposedByName, l.ProposedAt, l.ReviewedByName!, l.ReviewedAt!.Value,
        [.. items.Select(i => new MinutesLine(i.Number, i.Code, i.ProcedureCode, i.ClosedAt, i.KeepUntil, i.Rule, i.State, i.DoneAt, [.. i.Files.Select(f => f.Sha256)]))]);
}

/// <summary>One dossier of the minutes.</summary>
internal sealed record MinutesLine(
    int Number, string Code, string Procedure, DateTimeOffset ClosedAt, DateOnly KeepUntil, string Rule, string State, DateTimeOffset? DoneAt, IReadOnlyList<string> Files);
