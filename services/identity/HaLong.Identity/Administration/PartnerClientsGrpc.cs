using System.Text.Json;
using Grpc.Core;
using HaLong.Identity.Features;
using HaLong.Identity.Persistence;
using HaLong.Identity.V1;
using Microsoft.EntityFrameworkCore;
using OpenIddict.Abstractions;
using OpenIddict.EntityFrameworkCore.Models;

namespace HaLong.Identity.Administration;

/// <summary>How partners' clients stand, for services that act for them while they are not calling.</summary>
internal sealed class PartnerClientsGrpc(IdentityDbContext db) : PartnerClients.PartnerClientsBase
{
    public override async Task<BatchCheckClientsResponse> BatchCheck(BatchCheckClientsRequest request, ServerCallContext context)
    {
        Batch.Check(request.ClientIds);
        var ids = request.ClientIds.Distinct().ToList();
        var found = await (
            from client in db.Set<OpenIddictEntityFrameworkCoreApplication<Guid>>().AsNoTracking()
            join registration in db.ClientRegistrations on client.ClientId equals registration.ClientId into registrations
            from registration in registrations.DefaultIfEmpty()
            where ids.Contains(client.ClientId!)
            select new { client.ClientId, client.Permissions, client.Properties, DisabledAt = (DateTimeOffset?)registration.DisabledAt })
            .ToListAsync(context.CancellationToken);
        var answer = new BatchCheckClientsResponse();
        foreach (var client in found)
        {
            var active = client.DisabledAt is null;
            var entry = new PartnerClient { ClientId = client.ClientId, Active = active, ContactEmail = ClientContact.Of(client.Properties) ?? "" };
            if (active)
                entry.Scopes.AddRange(ScopesIn(client.Permissions));
            answer.Clients.Add(entry);
        }

        return answer;
    }

    // OpenIddict keeps permissions as an array of words in JSON.
    private static IEnumerable<string> ScopesIn(string? permissions) =>
        (permissions is { Length: > 0 } ? JsonSerializer.Deserialize<string[]>(permissions) ?? [] : [])
        .Where(p => p.StartsWith(OpenIddictConstants.Permissions.Prefixes.Scope, StringComparison.Ordinal))
        .Select(p => p[OpenIddictConstants.Permissions.Prefixes.Scope.Length..]);
}
