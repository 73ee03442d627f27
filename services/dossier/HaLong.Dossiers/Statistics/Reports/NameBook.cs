using HaLong.Dossiers.Catalogue;
using HaLong.Dossiers.Persistence;
using HaLong.Dossiers.Statistics.Cubes;
using HaLong.Dossiers.Statistics.Facts;
using HaLong.Dossiers.Statistics.Units;
using HaLong.ServiceDefaults;
using Microsoft.EntityFrameworkCore;

namespace HaLong.Dossiers.Statistics.Reports;

/// <summary>What codes in figures are called, in the language of the request; a code that nobody knows is called by itself.</summary>
internal sealed class NameBook(UnitBook units, DossierDbContext db)
{
    /// <summary>The names of the codes of a dimension.</summary>
    public async Task<Func<string, string>> OfAsync(Dimension dimension, CancellationToken ct)
    {
        switch (dimension)
        {
            case Dimension.Unit or Dimension.HelperUnit:
                var known = await units.NamesAsync(ct);
                return code => known.TryGetValue(code, out var unit) ? Text.Bilingual(unit.NameVi, unit.NameEn) : code.Length > 0 ? code : "–";
            case Dimension.Procedure:
                var versions = await db.Procedures.AsNoTracking().Select(p => new { p.Code, p.NameVi, p.NameEn, p.ValidFrom }).ToListAsync(ct);
                var newest = versions.GroupBy(p => p.Code, StringComparer.Ordinal).ToDictionary(g => g.Key, g => g.MaxBy(p => p.ValidFrom)!,
                    StringComparer.Ordinal);
                return code => newest.TryGetValue(code, out var procedure) ? Text.Bilingual(procedure.NameVi, procedure.NameEn) : code;
            case Dimension.Field:
                return code => CatalogueCodes.Fields.Of(code).Name();
            case Dimension.Level:
                return code => Text.Bilingual(Level(code).Vi, Level(code).En);
            default:
                return code => Words.TryGetValue(code, out var word) ? Text.Bilingual(word.Vi, word.En) : code;
        }
    }

    /// <summary>The name of a version of a unit, by its id and, where that is not known, its code.</summary>
    public async Task<Func<string, string, string>> OfVersionsAsync(CancellationToken ct)
    {
        var known = await db.Set<StatisticsUnit>().AsNoTracking().ToDictionaryAsync(u => u.Id, StringComparer.Ordinal, ct);
        return (id, code) => known.TryGetValue(id, out var unit) ? Text.Bilingual(unit.NameVi, unit.NameEn) : code;
    }

    /// <summary>Names of levels, in both languages.</summary>
    public static (string Vi, string En) Level(string code) => code switch
    {
        "province" => ("Cấp tỉnh", "Province"),
        "district" => ("Cấp huyện", "District"),
        "commune" => ("Cấp xã", "Commune"),
        _ => (code, code),
    };

    private static readonly Dictionary<string, (string Vi, string En)> Words = new(StringComparer.Ordinal)
    {
        [IntakeSource.Commune] = ("Trực tuyến, hỗ trợ tại xã, phường", "Online, with help at the commune"),
        [IntakeSource.OwnForm] = ("Biểu mẫu trực tuyến của thành phố", "The city's own online form"),
        [IntakeSource.Portal] = ("Cổng Dịch vụ công quốc gia", "National Public Service Portal"),
        [IntakeSource.App] = ("Ứng dụng di động", "Mobile app"),
        [IntakeSource.Counter] = ("Trực tiếp tại Bộ phận Một cửa", "Counter of a one-stop unit"),
        [IntakeSource.Post] = ("Bưu chính công ích", "Public post"),
        [IntakeSource.Home] = ("Trực tuyến, hỗ trợ tại nhà", "Online, with help at home"),
        [FilingHand.Self] = ("Tự nộp", "The applicant"),
        [FilingHand.Delegate] = ("Người được ủy quyền, đại diện", "A delegate or representative"),
        [FilingHand.Helper] = ("Người hỗ trợ", "A helper"),
        [FilingHand.Reception] = ("Cán bộ tiếp nhận", "Reception"),
    };
}
