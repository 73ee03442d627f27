using HaLong.Dossiers.Documents;
using HaLong.Dossiers.Features;
using HaLong.ServiceDefaults;
using Microsoft.Extensions.Options;

namespace HaLong.Dossiers.Register;

/// <summary>The register as a file: XLSX is written while it is read, PDF as one piece.</summary>
internal sealed class ExportRegister(RegisterDesk desk, RegisterRows rows, IOptions<RegisterOptions> options, TimeProvider time)
{
    public const string XlsxType = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet";

    public static void Map(IEndpointRouteBuilder admin)
    {
        foreach (var format in new[] { "xlsx", "pdf" })
            admin.MapGet($"/register.{format}",
                    (string? unit, int? year, DateOnly? from, DateOnly? to, ExportRegister handler, HttpContext http, CancellationToken ct) =>
                        handler.HandleAsync(format, unit, year, from, to, http, ct))
                .RequireAuthorization(Policies.Staff)
                .WithSummary($"Register of a unit and year as {format.ToUpperInvariant()} (chief, approver, leader)")
                .Answers(200, 400, 403, 404);
    }

    /// <summary>xlsx or pdf by media type; null for others.</summary>
    public static string? FormatOf(string? mediaType) => mediaType switch
    {
        XlsxType => "xlsx",
        "application/pdf" => "pdf",
        _ => null,
    };

    public async Task<IResult> HandleAsync(string format, string? unit, int? year, DateOnly? from, DateOnly? to, HttpContext http, CancellationToken ct)
    {
        var asked = desk.QueryOf(unit, year, from, to);
        if (!asked.IsSuccess)
            return asked.Error.ToProblem();
        var query = asked.Value;
        var name = $"so-theo-doi-ho-so-{query.Unit}-{query.Year}.{format}";
        http.Response.Headers.CacheControl = "private, no-store";
        if (format == "xlsx")
            return TypedResults.Stream(body => RegisterSheet.WriteAsync(body, query, rows.AllAsync(query, ct), time.Now(), ct), XlsxType, name);
        if (await rows.CountAsync(query, ct) > options.Value.MostPdfRows)
            return RegisterErrors.TooLong.Format(options.Value.MostPdfRows).ToProblem();
        var all = new List<RegisterRow>();
        await foreach (var chunk in rows.AllAsync(query, ct))
            all.AddRange(chunk);
        return TypedResults.Bytes(RegisterPaper.Extract(query, all, time.Now()), FileType.Pdf.MediaType, name);
    }
}
