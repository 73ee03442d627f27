using HaLong.Identity.Contracts.Events;
using HaLong.Identity.DataRequests;
using HaLong.Identity.Domain;
using HaLong.Identity.Persistence;
using HaLong.Messaging;
using HaLong.ServiceDefaults;
using Microsoft.EntityFrameworkCore;

namespace HaLong.Identity.Organisations;

/// <summary>What a person's rights over the own data mean for organisations: the copy shows what he represents and has claimed; with the account both end.</summary>
internal static class OrganisationData
{
    public static readonly ExportSection Export = new("organisations", "Tổ chức bạn đại diện hoặc đã đăng ký", "Organisations you represent or have registered", ExportAsync);

    public static readonly ErasureStep Erase = new("organisations", "Việc đại diện và đăng ký tổ chức (đã kết thúc)", "Representations and registrations of organisations (ended)", EraseAsync);

    private static async Task<object?> ExportAsync(IServiceProvider services, Guid id, CancellationToken ct)
    {
        var db = Db(services);
        return new
        {
            Represented = await db.Representatives.Where(r => r.AccountId == id).OrderBy(r => r.AddedAt)
                .Select(r => new { r.OrganisationId, r.Kind, r.State, r.From, r.To, r.AddedAt, r.AnsweredAt, r.EndedAt }).ToListAsync(ct),
            Claims = await db.OrganisationClaims.Where(c => c.ClaimantId == id).OrderBy(c => c.FiledAt)
                .Select(c => new { c.TaxCode, c.Name, c.Address, c.Email, c.Phone, c.UnitCode, c.State, c.FiledAt, c.DecidedAt, c.Reason }).ToListAsync(ct),
        };
    }

    private static async Task<int> EraseAsync(IServiceProvider services, Account account, CancellationToken ct)
    {
        var db = Db(services);
        var now = services.GetRequiredService<TimeProvider>().GetUtcNow();
        await services.GetRequiredService<Representation>().VoidOfAsync(account.Id, ct);
        var by = services.GetRequiredService<Caller>().ActorId;
        var ended = (await db.Representatives.Where(r => r.AccountId == account.Id).ToListAsync(ct)).FindAll(r => r.Remove(by, LocalTime.Date(now), now).IsSuccess);
        ended.ForEach(r => db.Enqueue(new RepresentativesChanged(r.OrganisationId, r.Id, r.AccountId, r.Kind, RepresentativeChange.Removed, now)));
        var claims = (await db.OrganisationClaims.Where(c => c.ClaimantId == account.Id).ToListAsync(ct)).FindAll(c => c.Withdraw(now).IsSuccess);
        return ended.Count + claims.Count;
    }

    private static IdentityDbContext Db(IServiceProvider services) => services.GetRequiredService<IdentityDbContext>();
}
