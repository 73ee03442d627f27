using HaLong.Identity.Domain;
using HaLong.Identity.Persistence;
using HaLong.ServiceDefaults;
using Microsoft.EntityFrameworkCore;
using OpenIddict.Abstractions;

namespace HaLong.Identity.Administration;

/// <summary>
/// Registers a client, or changes one. The secret of a new one is shown in this answer and never again, which is also why there is no stored
/// answer for a repeated request: the id is taken then, and a lost secret is replaced by rotating it.
/// </summary>
internal sealed class SaveClient(
    IdentityDbContext db, IOpenIddictApplicationManager clients, ClientRegistry registry, AdminScope scopes, AuditTrail audit, TimeProvider time)
{
    public static Task<IResult> CreateAsync(ClientInput request, SaveClient handler, HttpContext http, CancellationToken ct) => handler.CreateAsync(request, http, ct);

    public static Task<IResult> ChangeAsync(string clientId, ClientInput request, SaveClient handler, HttpContext http, CancellationToken ct) =>
        handler.ChangeAsync(clientId, request, http, ct);

    private async Task<IResult> CreateAsync(ClientInput request, HttpContext http, CancellationToken ct)
    {
        var scope = await scopes.ReadAsync(ct);
        if (!scope.IsProvince)
            return IdentityErrors.ProvinceOnly.ToProblem();
        if (request.Check() is { } wrong)
            return wrong.ToProblem();
        var id = request.ClientId!; // Checked above.
        if (await clients.FindByClientIdAsync(id, ct) is not null || await db.ClientRegistrations.AnyAsync(r => r.ClientId == id, ct))
            return IdentityErrors.ClientIdTaken.ToProblem();

        var now = time.GetUtcNow();
        var registration = new ClientRegistration { ClientId = id, CreatedAt = now, CreatedBy = scope.Person };
        registration.Touch(now);
        var descriptor = new OpenIddictApplicationDescriptor();
        ClientRegistry.Fill(descriptor, request);
        var secret = request.Authentication == ClientInput.Secret ? ClientRegistry.NewSecret() : null;
        descriptor.ClientSecret = secret;
        await using var transaction = await db.Database.BeginTransactionAsync(ct);
        db.ClientRegistrations.Add(registration);
        audit.Record("client.created", AuditTarget.Client, id, null, null, ForAudit(ClientView.Of(descriptor, registration)));
        await db.SaveChangesAsync(ct);
        await clients.CreateAsync(descriptor, ct);
        await transaction.CommitAsync(ct);
        return Show(http, StatusCodes.Status201Created, new ClientWithSecret(ClientView.Of(descriptor, registration), secret));
    }

    private async Task<IResult> ChangeAsync(string clientId, ClientInput request, HttpContext http, CancellationToken ct)
    {
        var scope = await scopes.ReadAsync(ct);
        if (!scope.IsProvince)
            return IdentityErrors.ProvinceOnly.ToProblem();
        var taken = await registry.TakeAsync(clientId, http.Request, ct);
        if (!taken.IsSuccess)
            return taken.Error.ToProblem();
        var (client, registration) = taken.Value;
        if (registration.IsDisabled)
            return IdentityErrors.ClientDisabled.ToProblem();
        var descriptor = await registry.DescribeAsync(client, ct);
        var before = ClientView.Of(descriptor, registration);
        // What a client is does not change: a server that becomes a browser front end is another client.
        var whole = request with { ClientId = clientId, Type = before.Type, Authentication = before.Authentication, Grant = before.Grant };
        if (whole.Check() is { } wrong)
            return wrong.ToProblem();

        ClientRegistry.Fill(descriptor, whole);
        registration.Touch(time.GetUtcNow());
        audit.Record("client.changed", AuditTarget.Client, clientId, null, ForAudit(before), ForAudit(ClientView.Of(descriptor, registration)));
        await using var transaction = await db.Database.BeginTransactionAsync(ct);
        await db.SaveChangesAsync(ct);
        await clients.UpdateAsync(client, descriptor, ct);
        await transaction.CommitAsync(ct);
        return Show(http, StatusCodes.Status200OK, ClientView.Of(descriptor, registration));
    }

    internal static object ForAudit(ClientView c) => new
    {
        c.Name,
        c.Type,
        c.Authentication,
        c.Grant,
        c.Scopes,
        c.RedirectUris,
        c.PostLogoutRedirectUris,
        c.BackchannelLogoutUri,
        c.KeyIds,
        c.Disabled,
    };

    internal static IResult Show(HttpContext http, int status, ClientWithSecret answer)
    {
        http.Response.Headers.CacheControl = "no-store";
        Etag.Set(http.Response, answer.Client.Version ?? 0);
        http.Response.Headers.Location = "/api/v1/admin/clients/" + answer.Client.ClientId;
        return TypedResults.Json(answer, statusCode: status);
    }

    internal static IResult Show(HttpContext http, int status, ClientView client)
    {
        Etag.Set(http.Response, client.Version ?? 0);
        return TypedResults.Json(client, statusCode: status);
    }
}
