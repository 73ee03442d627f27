using System.Globalization;
using HaLong.Dossiers.Features;
using HaLong.ServiceDefaults;

namespace HaLong.Dossiers.Register;

/// <summary>The register of a unit and year, by number; as a file for who accepts XLSX or PDF.</summary>
internal sealed class ListRegister(RegisterDesk desk, RegisterRows rows, ExportRegister export)
{
    public static void Map(IEndpointRouteBuilder admin) => admin
        .MapGet("/register",
            (string? unit, int? year, DateOnly? from, DateOnly? to, string? after, int? limit, ListRegister handler, HttpContext http, CancellationToken ct) =>
                handler.HandleAsync(unit, year, from, to, after, limit, http, ct))
        .RequireAuthorization(Policies.Staff)
        .WithSummary("Register of a unit and year (chief, approver, leader); also as XLSX or PDF by the Accept header")
        .Answers<Page<RegisterRow>>(200, 400, 403, 404);

    private async Task<IResult> HandleAsync(
        string? unit, int? year, DateOnly? from, DateOnly? to, string? after, int? limit, HttpContext http, CancellationToken ct)
    {
        http.Response.Headers.Vary = "Accept";
        var accepted = http.Request.GetTypedHeaders().Accept.OrderByDescending(a => a.Quality ?? 1).Select(a => a.MediaType.Value).FirstOrDefault();
        if (ExportRegister.FormatOf(accepted) is { } format)
            return await export.HandleAsync(format, unit, year, from, to, http, ct);
        var (size, cursor) = (Cursor.Limit(limit), Cursor.Decode(after, 1));
        if (DossierEndpoints.FirstError(size, cursor) is { } error)
            return error.ToProblem();
        var query = desk.QueryOf(unit, year, from, to);
        if (!query.IsSuccess)
            return query.Error.ToProblem();
        var last = 0;
        if (cursor.Value is [var text] && !int.TryParse(text, NumberStyles.None, CultureInfo.InvariantCulture, out last))
            return CommonErrors.BadRequest.WithField("after", "Con trỏ trang không hợp lệ.", "The page cursor is not valid.").ToProblem();
        var page = await rows.PageAsync(query.Value, last, size.Value + 1, ct);
        return TypedResults.Ok(Page.Of(page, size.Value, r => [r.Number.ToString(CultureInfo.InvariantCulture)]));
    }
}
