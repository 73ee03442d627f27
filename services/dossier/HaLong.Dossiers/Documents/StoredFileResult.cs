using HaLong.Dossiers.Domain;
using Microsoft.Net.Http.Headers;

namespace HaLong.Dossiers.Documents;

/// <summary>Streams a stored document, whole or in ranges; opened only when the answer is written.</summary>
internal sealed class StoredFileResult(DossierDocument document, FileStore store) : IResult
{
    public async Task ExecuteAsync(HttpContext httpContext)
    {
        var content = await store.OpenAsync(document.Sha256, httpContext.RequestAborted);
        await TypedResults.Stream(
            content, document.MediaType, document.FileName, document.CreatedAt, new EntityTagHeaderValue($"\"{document.Sha256}\""), enableRangeProcessing: true)
            .ExecuteAsync(httpContext);
    }
}
