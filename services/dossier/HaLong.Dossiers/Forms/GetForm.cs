using HaLong.Dossiers.Catalogue;
using HaLong.Dossiers.Domain;
using HaLong.Dossiers.Features;
using HaLong.ServiceDefaults;
using Microsoft.Net.Http.Headers;

namespace HaLong.Dossiers.Forms;

/// <summary>The form of a procedure, in both languages at once: the one in force, or the version that a draft was opened with.</summary>
internal sealed class GetForm(FormCatalogue forms, ProcedureCatalogue procedures)
{
    /// <param name="ProcedureCode">The procedure asked for.</param>
    /// <param name="Version">SHA-256 of the form: names this version for good.</param>
    /// <param name="IsGeneric">True for the form of procedures that have none of their own.</param>
    /// <param name="Definition">Title, schema, layout and texts.</param>
    internal sealed record View(string ProcedureCode, string Version, bool IsGeneric, bool InForce, DateOnly ValidFrom, DateOnly? ValidTo, FormFile Definition);

    public static void Map(IEndpointRouteBuilder group) => group
        .MapGet("/{code}/form", (string code, string? version, GetForm handler, HttpContext http, CancellationToken ct) => handler.HandleAsync(code, version, http, ct))
        .AllowAnonymous()
        .WithSummary("The form of a procedure: JSON Schema, layout and texts in Vietnamese and English")
        .Answers<View>(200, 404);

    private async Task<IResult> HandleAsync(string code, string? version, HttpContext http, CancellationToken ct)
    {
        var found = version is null
            ? await procedures.FindAsync(code, ct) is null ? null : await forms.FindAsync(code, ct)
            : await forms.FindAsync(code, version, ct);
        if (found is null)
            return (version is null ? DossierErrors.ProcedureNotFound : FormErrors.FormNotFound).ToProblem();
        var tag = new EntityTagHeaderValue($"\"{found.ContentHash}\"");
        http.Response.GetTypedHeaders().ETag = tag;
        // A named version never changes; the one in force may be another after the next deployment.
        http.Response.Headers.CacheControl = version is null ? "public, max-age=60" : "public, max-age=31536000, immutable";
        if (http.Request.GetTypedHeaders().IfNoneMatch.Any(t => t.Tag == "*" || t.Compare(tag, useStrongComparison: false)))
            return TypedResults.StatusCode(StatusCodes.Status304NotModified);
        var file = forms.Compile(found).File;
        return TypedResults.Json(new View(code, found.ContentHash, found.IsGeneric, found.ValidTo is null, found.ValidFrom, found.ValidTo, file), FormFile.Json);
    }
}
