using HaLong.Notifications.Domain;
using HaLong.Notifications.Persistence;
using HaLong.ServiceDefaults;
using Microsoft.EntityFrameworkCore;

namespace HaLong.Notifications.Templates.Administration;

/// <summary>Takes a version out of force at once: the brake, which one person may pull.</summary>
internal static class WithdrawNoticeTemplate
{
    public static void MapWithdrawNoticeTemplate(this IEndpointRouteBuilder templates) => templates
        .MapPost("/{kind}/versions/{number:int}/withdraw", HandleAsync)
        .WithName("withdrawNoticeTemplateVersion")
        .WithSummary("Take a version out of force, with the reason")
        .WithDescription("Needs a strong sign-in. The version before it counts again; the only one in force cannot be withdrawn.")
        .Changes<VersionView>()
        .RequireStrong();

    private static async Task<IResult> HandleAsync(
        string kind, int number, MoveTemplateDraft.Why? why, HttpContext http, NotificationDbContext db, TemplateDesk desk, TimeProvider clock,
        CancellationToken ct)
    {
        // The key of an idempotent request has opened a transaction already.
        await using var transaction = db.Database.CurrentTransaction is null ? await db.Database.BeginTransactionAsync(ct) : null;
        // Two who each leave the other's version in force would leave none.
        await db.Database.ExecuteSqlAsync($"SELECT pg_advisory_xact_lock(hashtext('notice_template'))", ct);
        var now = clock.GetUtcNow();
        var versions = await db.Templates.Where(t => t.Kind == kind && (t.Number == number || t.State == TemplateState.Published)).ToListAsync(ct);
        if (versions.Find(t => t.Number == number) is not { } version)
            return TemplateErrors.VersionNotFound.ToProblem();
        if (Etag.Check(http.Request, version.Revision) is { } stale)
            return stale.ToProblem();
        var reason = TemplateDesk.Reason(why?.Reason);
        if (!reason.IsSuccess)
            return reason.Error.ToProblem();
        var done = version.Retire(reason.Value, now);
        if (!done.IsSuccess)
            return done.Error.ToProblem();
        if (!versions.Exists(t => t.State == TemplateState.Published && t.ValidFrom <= now))
            return TemplateErrors.LastVersion.ToProblem();
        desk.Record(version, "withdrawn");
        await db.SaveChangesAsync(ct);
        if (transaction is not null)
            await transaction.CommitAsync(ct);
        Etag.Set(http.Response, version.Revision);
        return TypedResults.Ok(VersionView.Of(version));
    }
}
