using HaLong.Identity.Domain;
using HaLong.Identity.Keys;
using HaLong.Identity.Persistence;
using HaLong.ServiceDefaults;
using Microsoft.AspNetCore.Http.Features;
using Microsoft.EntityFrameworkCore;

namespace HaLong.Identity.PersonalData;

/// <summary>The images of one's own identity card.</summary>
internal static class OwnIdentityDocuments
{
    public const int MaxBytes = 10 * 1024 * 1024;

    /// <param name="Side">front or back.</param>
    /// <param name="MediaType">image/png or image/jpeg.</param>
    /// <param name="Size">Bytes.</param>
    /// <param name="CreatedAt">When it was stored.</param>
    internal sealed record View(string Side, string MediaType, long Size, DateTimeOffset CreatedAt);

    public static async Task<IResult> ListAsync(Caller caller, IdentityDbContext db, CancellationToken ct) =>
        TypedResults.Ok(new Page<View>(
            await db.IdentityDocuments.Where(d => d.AccountId == caller.AccountId).OrderByDescending(d => d.Side)
                .Select(d => new View(d.Side, d.MediaType, d.Size, d.CreatedAt)).ToListAsync(ct), null));

    public static Task<IResult> PutAsync(string side, Caller caller, IdentityDbContext db, FieldVault vault, TimeProvider time, HttpContext http, CancellationToken ct) =>
        StoreAsync(caller.AccountId, side, $"/api/v1/me/identity-documents/{side}", db, vault, time, http, ct);

    /// <summary>Stores the body as the image of one side of somebody's card, in place of an older one; saves whatever else the caller has added.</summary>
    public static async Task<IResult> StoreAsync(
        Guid account, string side, string location, IdentityDbContext db, FieldVault vault, TimeProvider time, HttpContext http, CancellationToken ct)
    {
        if (!IdentityDocument.IsSide(side))
            return IdentityErrors.UnknownSide.ToProblem();
        if (http.Request.ContentLength > MaxBytes)
            return IdentityErrors.ImageTooLarge.ToProblem();
        if (await ReadAsync(http, ct) is not { } content)
            return IdentityErrors.ImageTooLarge.ToProblem();
        if (ImageType.Of(content) is not { } type)
            return IdentityErrors.NotAnImage.ToProblem();

        var now = time.GetUtcNow();
        var id = Guid.CreateVersion7(now);
        var document = new IdentityDocument
        {
            Id = id,
            AccountId = account,
            Side = side,
            MediaType = type,
            Size = content.Length,
            Sealed = vault.Seal(FieldVault.IdentityDocuments, id.ToString(), content),
            CreatedAt = now,
        };
        await using var transaction = await db.Database.BeginTransactionAsync(ct);
        // The account's row makes two uploads at once follow each other; a new image never shares an id with the one before.
        if (await db.Accounts.FromSql($"SELECT *, xmin FROM account WHERE id = {account} FOR UPDATE").AsNoTracking().AnyAsync(a => !a.IsClosed, ct) is false)
            return IdentityErrors.AccountNotFound.ToProblem();
        var replaced = await db.IdentityDocuments.Where(d => d.AccountId == account && d.Side == side).ExecuteDeleteAsync(ct);
        db.IdentityDocuments.Add(document);
        await db.SaveChangesAsync(ct);
        await transaction.CommitAsync(ct);
        var view = new View(side, type, content.Length, now);
        return replaced > 0 ? TypedResults.Ok(view) : TypedResults.Created(location, view);
    }

    public static Task<IResult> GetAsync(string side, Caller caller, IdentityDbContext db, FieldVault vault, HttpContext http, CancellationToken ct) =>
        ShowAsync(caller.AccountId, side, db, vault, http, ct);

    public static async Task<IResult> DeleteAsync(string side, Caller caller, IdentityDbContext db, CancellationToken ct)
    {
        return await db.IdentityDocuments.Where(d => d.AccountId == caller.AccountId && d.Side == side).ExecuteDeleteAsync(ct) > 0
            ? TypedResults.NoContent()
            : IdentityErrors.IdentityDocumentNotFound.ToProblem();
    }

    /// <summary>The content of an image, as something that is neither kept nor taken for a page of ours.</summary>
    public static async Task<IResult> ShowAsync(Guid account, string side, IdentityDbContext db, FieldVault vault, HttpContext http, CancellationToken ct)
    {
        if (await db.IdentityDocuments.AsNoTracking().SingleOrDefaultAsync(d => d.AccountId == account && d.Side == side, ct) is not { } document)
            return IdentityErrors.IdentityDocumentNotFound.ToProblem();
        http.Response.Headers.CacheControl = "no-store";
        http.Response.Headers.XContentTypeOptions = "nosniff";
        http.Response.Headers.ContentSecurityPolicy = "default-src 'none'; sandbox";
        return TypedResults.Bytes(vault.Open(FieldVault.IdentityDocuments, document.Id.ToString(), document.Sealed), document.MediaType);
    }

    /// <summary>The body; null when it is larger than allowed.</summary>
    private static async Task<byte[]?> ReadAsync(HttpContext http, CancellationToken ct)
    {
        if (http.Features.Get<IHttpMaxRequestBodySizeFeature>() is { IsReadOnly: false } limit)
            limit.MaxRequestBodySize = MaxBytes + 1;
        using var buffer = new MemoryStream();
        var chunk = new byte[64 * 1024];
        int read;
        while ((read = await http.Request.Body.ReadAsync(chunk, ct)) > 0)
        {
            buffer.Write(chunk, 0, read);
            if (buffer.Length > MaxBytes)
                return null;
        }

        return buffer.ToArray();
    }
}
