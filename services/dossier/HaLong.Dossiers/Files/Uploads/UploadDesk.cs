using HaLong.Dossiers.Features;
using HaLong.Dossiers.Persistence;
using HaLong.Identity.Contracts;
using HaLong.ServiceDefaults;
using Microsoft.EntityFrameworkCore;

namespace HaLong.Dossiers.Files.Uploads;

/// <summary>Uploads that the caller may go on with: his own, made for the same owner. What is not his does not exist for him.</summary>
internal sealed class UploadDesk(DossierDbContext db, ActingRights rights, Caller caller, TimeProvider time)
{
    public IQueryable<Upload> Own
    {
        get
        {
            var now = time.GetUtcNow();
            return db.Uploads.AsNoTracking().Where(u => u.OwnerId == caller.AccountId && u.ActorId == caller.ActorId && u.ExpiresAt > now);
        }
    }

    /// <summary>May the caller upload anything at all?</summary>
    public async Task<Result> MayAsync(CancellationToken ct) => await rights.AskAsync(Acts.DossierScan, ct) is { IsSuccess: false } refused ? refused.Error : Result.Success;

    public async Task<Result<Upload>> TakeAsync(Guid id, CancellationToken ct)
    {
        var may = await MayAsync(ct);
        if (!may.IsSuccess)
            return may.Error;
        return await Own.SingleOrDefaultAsync(u => u.Id == id, ct) is { } upload ? upload : FileErrors.UploadNotFound;
    }
}
