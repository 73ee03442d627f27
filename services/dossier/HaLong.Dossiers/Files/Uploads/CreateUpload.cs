using System.Security.Cryptography;
using System.Text;
using HaLong.Dossiers.Domain;
using HaLong.Dossiers.Features;
using HaLong.Dossiers.Persistence;
using HaLong.Messaging;
using HaLong.ServiceDefaults;
using Microsoft.AspNetCore.Http.Features;
using Microsoft.AspNetCore.Mvc;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.Options;

namespace HaLong.Dossiers.Files.Uploads;

/// <summary>Announces an upload, and takes its first bytes when they come along.</summary>
internal sealed class CreateUpload(DossierDbContext db, UploadDesk desk, UploadWriter writer, IOptions<FileOptions> options, Caller caller, TimeProvider time)
{
    public static void Map(IEndpointRouteBuilder group) => group
        .MapPost("/", (CreateUpload handler, HttpContext http, CancellationToken ct) => handler.HandleAsync(http, ct))
        .SpeaksTus()
        .WithMetadata(new DisableRequestSizeLimitAttribute())
        .RequireAuthorization(Policies.Filing)
        .WithSummary("Begin a resumable upload (TUS 1.0 creation, creation-with-upload)")
        .Answers(201, 400, 403, 409, 412, 413, 415, 422, 429, 503);

    private async Task<IResult> HandleAsync(HttpContext http, CancellationToken ct)
    {
        var may = await desk.MayAsync(ct);
        if (!may.IsSuccess)
            return may.Error.ToProblem();
        var metadata = http.Request.Headers[Tus.UploadMetadata].ToString();
        if (Tus.Number(http.Request, Tus.UploadLength) is not { } length || length < 1 || !Tus.TryReadMetadata(metadata, out var fileName))
            return FileErrors.BadHeaders.ToProblem();
        if (length > options.Value.MaxBytes)
            return DossierErrors.FileTooLarge.Format(options.Value.MaxBytes / (1024 * 1024)).ToProblem();
        var hasBody = http.Features.Get<IHttpRequestBodyDetectionFeature>()?.CanHaveBody == true && http.Request.ContentLength != 0;
        if (hasBody && !Tus.IsPiece(http.Request))
            return FileErrors.WrongPieceType.ToProblem();
        var checksum = Checksum.Of(http.Request);
        if (!checksum.IsSuccess)
            return checksum.Error.ToProblem();

        Upload? made = null;
        var hash = SHA256.HashData(Encoding.UTF8.GetBytes($"POST {http.Request.Path}\n{length}\n{metadata}"));
        var answer = await Idempotency.RunAsync(db, http, hash, async () =>
        {
            var now = time.Now();
            var opened = await OpenAsync(new Upload
            {
                Id = Guid.CreateVersion7(now),
                OwnerId = caller.AccountId,
                ActorId = caller.ActorId,
                Length = length,
                FileName = fileName,
                Metadata = metadata.Length == 0 ? null : metadata,
                CreatedAt = now,
                ExpiresAt = now + options.Value.Uploads.Lifetime,
            }, ct);
            return opened.Match(upload => TypedResults.Created($"/api/v1/uploads/{(made = upload).Id}"));
        });
        if (made is null)
            return answer;
        Tus.SetExpiry(http.Response, made.ExpiresAt);
        if (hasBody)
        {
            var written = await writer.WriteAsync(made, http.Request.Body, checksum.Value, ct);
            if (!written.IsSuccess)
                return PatchUpload.Refuse(written.Error);
            Tus.SetNumber(http.Response, Tus.UploadOffset, written.Value);
        }
        return answer;
    }

    private async Task<Result<Upload>> OpenAsync(Upload upload, CancellationToken ct)
    {
        await using var transaction = await db.BeginOwnTransactionAsync(ct);
        // One at a time for a person: a hundred at once must not slip through under the limit together.
        await db.Database.ExecuteSqlAsync($"SELECT pg_advisory_xact_lock(hashtextextended({upload.ActorId.ToString()}, 41))", ct);
        var now = time.GetUtcNow();
        var open = await db.Uploads.Where(u => u.ActorId == upload.ActorId && u.ExpiresAt > now).GroupBy(_ => 1)
            .Select(g => new { Count = g.Count(), Bytes = g.Sum(u => u.Length) }).SingleOrDefaultAsync(ct);
        if ((open?.Count ?? 0) >= options.Value.Uploads.MaxOpen || (open?.Bytes ?? 0) + upload.Length > options.Value.Uploads.MaxOpenBytes)
            return FileErrors.TooManyUploads;
        db.Uploads.Add(upload);
        await db.SaveChangesAsync(ct);
        if (transaction is not null)
            await transaction.CommitAsync(ct);
        return upload;
    }
}
