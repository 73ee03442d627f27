using System.Globalization;
using System.Text.Json.Serialization;

namespace HaLong.Dossiers.NationalPortal.Catalogue;

/// <summary>A page of the national catalogue.</summary>
internal sealed record CataloguePage(
    [property: JsonPropertyName("items")] IReadOnlyList<CatalogueItem>? Items, [property: JsonPropertyName("next")] string? Next);

/// <summary>A procedure as the portal tells it.</summary>
internal sealed record CatalogueItem(
    [property: JsonPropertyName("MaTTHC")] string? Code, [property: JsonPropertyName("TenTTHC")] string? Name,
    [property: JsonPropertyName("MaLinhVuc")] string? Field, [property: JsonPropertyName("TenLinhVuc")] string? FieldName,
    [property: JsonPropertyName("NgayQuyetDinh")] string? Decided, [property: JsonPropertyName("NgayHieuLuc")] string? Effective,
    [property: JsonPropertyName("NgayCongKhai")] string? Published, [property: JsonPropertyName("NoiDungDayDu")] bool Full,
    [property: JsonPropertyName("ThanhToanTrucTuyen")] bool PaidOnline, [property: JsonPropertyName("TrangThai")] string? State)
{
    private static readonly string[] Days = ["yyyy-MM-dd", "yyyyMMdd", "dd/MM/yyyy"];

    /// <summary>What has no code, or one that no procedure has, is passed over.</summary>
    public bool IsUsable => Code is not null && Dossiers.Catalogue.ProcedureCatalogue.IsCode(Code) && Field is not { Length: > 40 };

    /// <summary>Takes all of it over.</summary>
    /// <returns>Whether anything is new.</returns>
    public bool WriteTo(PortalProcedure procedure)
    {
        var before = Of(procedure);
        (procedure.NameVi, procedure.FieldCode, procedure.FieldNameVi) = (Name ?? "", Field ?? "", FieldName ?? "");
        (procedure.DecidedOn, procedure.EffectiveOn, procedure.PublishedOn) = (Day(Decided), Day(Effective), Day(Published));
        (procedure.FullContent, procedure.PaidOnline, procedure.IsActive) = (Full, PaidOnline, State != "baiBo");
        return before != Of(procedure);
    }

    private static (string, string, string, DateOnly?, DateOnly?, DateOnly?, (bool, bool, bool)) Of(PortalProcedure p) =>
        (p.NameVi, p.FieldCode, p.FieldNameVi, p.DecidedOn, p.EffectiveOn, p.PublishedOn, (p.FullContent, p.PaidOnline, p.IsActive));

    private static DateOnly? Day(string? text) => DateOnly.TryParseExact(text, Days, CultureInfo.InvariantCulture, DateTimeStyles.None, out var day) ? day : null;
}
