using HaLong.Identity.Domain;
using HaLong.Identity.Persistence;
using HaLong.ServiceDefaults;
using Microsoft.EntityFrameworkCore;
using OpenIddict.Abstractions;
using OpenIddict.EntityFrameworkCore.Models;

namespace HaLong.Identity.Administration;

/// <summary>All clients, the platform's own among them, by id.</summary>
internal static class ListClients
{
    public static async Task<IResult> HandleAsync(
        IdentityDbContext db, ClientRegistry registry, AdminScope scopes, CancellationToken ct, string? after = null, int? limit = null)
    {
        if (!(await scopes.ReadAsync(ct)).IsProvince)
            return IdentityErrors.ProvinceOnly.ToProblem();
        var size = Cursor.Limit(limit);
        if (!size.IsSuccess)
            return size.Error.ToProblem();
        var cursor = Cursor.Decode(after, 1);
        if (!cursor.IsSuccess)
            return cursor.Error.ToProblem();
        IQueryable<OpenIddictEntityFrameworkCoreApplication<Guid>> applications = db.Set<OpenIddictEntityFrameworkCoreApplication<Guid>>().AsNoTracking();
#pragma warning disable CA1309 // Runs in the database.
        if (cursor.Value is [var last])
            applications = applications.Where(a => string.Compare(a.ClientId, last) > 0);
#pragma warning restore CA1309
        var found = await applications.OrderBy(a => a.ClientId).Take(size.Value + 1).ToListAsync(ct);
        var ids = found.ConvertAll(a => a.ClientId!); // Every client of ours has one.
        var registrations = await db.ClientRegistrations.AsNoTracking().Where(r => ids.Contains(r.ClientId)).ToDictionaryAsync(r => r.ClientId, ct);
        var views = new List<ClientView>(found.Count);
        foreach (var application in found)
            views.Add(ClientView.Of(await registry.DescribeAsync(application, ct), registrations.GetValueOrDefault(application.ClientId!)));
        return TypedResults.Ok(Page.Of(views, size.Value, c => [c.ClientId]));
    }

    public static async Task<IResult> OneAsync(
        string clientId, IdentityDbContext db, IOpenIddictApplicationManager clients, ClientRegistry registry, AdminScope scopes, HttpContext http, CancellationToken ct)
    {
        if (!(await scopes.ReadAsync(ct)).IsProvince)
            return IdentityErrors.ProvinceOnly.ToProblem();
        if (await clients.FindByClientIdAsync(clientId, ct) is not { } client)
            return IdentityErrors.ClientNotFound.ToProblem();
        var registration = await db.ClientRegistrations.AsNoTracking().SingleOrDefaultAsync(r => r.ClientId == clientId, ct);
        return SaveClient.Show(http, StatusCodes.Status200OK, ClientView.Of(await registry.DescribeAsync(client, ct), registration));
    }
}
