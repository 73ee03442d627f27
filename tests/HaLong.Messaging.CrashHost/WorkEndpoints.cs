using System.Security.Cryptography;
using HaLong.ServiceDefaults;
using Microsoft.EntityFrameworkCore;

namespace HaLong.Messaging.CrashHost;

internal sealed record NewWork(string Name, int Count = 1, bool Refuse = false, bool Throw = false);

internal sealed record WorkView(Guid Id, string Name);

internal static class WorkEndpoints
{
    private static readonly Error Refused = new(ErrorKind.Conflict, "SMP-0001", "Bị từ chối.", "Refused.");

    public static void MapWork(this WebApplication app)
    {
        var group = app.MapGroup("/work").RequireAuthorization(Policies.SignedIn);
        group.MapPost("/", AddAsync).WithIdempotency<SampleDb>();
        group.MapPost("/{id:guid}/repeat", (Guid id, SampleDb db, CancellationToken ct) => RepeatAsync(id, db, ct)).WithIdempotency<SampleDb>();
        group.MapPost("/upload", UploadAsync).DisableAntiforgery();
        group.MapPost("/upload-wrong", (IFormFile file) => Results.Ok(file.Length)).WithIdempotency<SampleDb>().DisableAntiforgery();
        group.MapPut("/{id:guid}", RenameAsync);
    }

    private static async Task<IResult> AddAsync(NewWork request, SampleDb db, HttpResponse response, TimeProvider time, CancellationToken ct)
    {
        var first = Guid.Empty;
        for (var i = 0; i < request.Count; i++)
        {
            var work = new Work { Id = Guid.CreateVersion7(time.GetUtcNow()), Name = request.Name };
            first = i == 0 ? work.Id : first;
            db.Works.Add(work);
            db.Enqueue(new WorkDone(work.Id, work.Name));
        }

        await db.SaveChangesAsync(ct);
        if (request.Throw)
        {
            throw new InvalidOperationException("The handler was told to throw.");
        }

        if (request.Refuse)
        {
            return Refused.ToProblem();
        }

        Etag.Set(response, 7);
        return TypedResults.Created("/work/" + first, new WorkView(first, request.Name));
    }

    private static async Task<IResult> RepeatAsync(Guid id, SampleDb db, CancellationToken ct)
    {
        db.Enqueue(new WorkDone(id, "again"));
        await db.SaveChangesAsync(ct);
        return TypedResults.NoContent();
    }

    private static async Task<IResult> UploadAsync(IFormFile file, SampleDb db, HttpContext http, CancellationToken ct)
    {
        byte[] hash;
        await using (var content = file.OpenReadStream())
        {
            hash = await SHA256.HashDataAsync(content, ct);
        }

        return await Idempotency.RunAsync(db, http, hash, async () =>
        {
            var work = new Work { Id = Guid.CreateVersion7(), Name = Convert.ToHexString(hash) };
            db.Works.Add(work);
            await db.SaveChangesAsync(ct);
            return TypedResults.Created("/work/" + work.Id, new WorkView(work.Id, work.Name));
        });
    }

    private static async Task<IResult> RenameAsync(Guid id, NewWork request, SampleDb db, HttpRequest http, CancellationToken ct)
    {
        var work = await db.Works.SingleOrDefaultAsync(w => w.Id == id, ct);
        if (work is null)
        {
            return CommonErrors.NotFound.ToProblem();
        }

        if (Etag.Check(http, work.Version) is { } stale)
        {
            return stale.ToProblem();
        }

        // Somebody else is quicker.
        await db.Database.ExecuteSqlAsync($"UPDATE works SET name = 'quicker' WHERE id = {id}", ct);
        work.Name = request.Name;
        await db.SaveChangesAsync(ct);
        return TypedResults.Ok(new WorkView(work.Id, work.Name));
    }
}
