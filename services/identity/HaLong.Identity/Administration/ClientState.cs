using HaLong.Identity.Domain;
using HaLong.Identity.Persistence;
using HaLong.ServiceDefaults;
using OpenIddict.Abstractions;

namespace HaLong.Identity.Administration;

/// <summary>Rotates the secret of a client, disables it, enables it again, removes it.</summary>
internal sealed class ClientState(
    IdentityDbContext db, IOpenIddictApplicationManager clients, ClientRegistry registry, AdminScope scopes, AuditTrail audit, TimeProvider time)
{
    public static Task<IResult> RotateAsync(string clientId, ClientState handler, HttpContext http, CancellationToken ct) =>
        handler.RunAsync(clientId, "client.secret_rotated", handler.Rotate, http, ct);

    public static Task<IResult> DisableAsync(string clientId, ClientState handler, HttpContext http, CancellationToken ct) =>
        handler.RunAsync(clientId, "client.disabled", handler.Disable, http, ct);

    public static Task<IResult> EnableAsync(string clientId, ClientState handler, HttpContext http, CancellationToken ct) =>
        handler.RunAsync(clientId, "client.enabled", handler.Enable, http, ct);

    public static Task<IResult> DeleteAsync(string clientId, ClientState handler, HttpContext http, CancellationToken ct) => handler.DeleteAsync(clientId, http, ct);

    private async Task<IResult> RunAsync(string clientId, string action, Func<Step, Result<string?>> change, HttpContext http, CancellationToken ct)
    {
        var taken = await TakeAsync(clientId, http, ct);
        if (!taken.IsSuccess)
            return taken.Error.ToProblem();
        var step = taken.Value;
        var before = ClientView.Of(step.Descriptor, step.Registration);
        var wasDisabled = before.Disabled;
        var secret = change(step);
        if (!secret.IsSuccess)
            return secret.Error.ToProblem();
        var after = ClientView.Of(step.Descriptor, step.Registration);
        // A repeated call finds nothing to do and says how it is.
        if (secret.Value is null && wasDisabled == after.Disabled)
            return SaveClient.Show(http, StatusCodes.Status200OK, after);

        await using var transaction = await db.Database.BeginTransactionAsync(ct);
        if (after.Disabled)
            await registry.VoidTokensAsync(step.Client, step.Registration, ct);
        audit.Record(action, AuditTarget.Client, clientId, null, SaveClient.ForAudit(before), SaveClient.ForAudit(after));
        await db.SaveChangesAsync(ct);
        await clients.UpdateAsync(step.Client, step.Descriptor, ct);
        await transaction.CommitAsync(ct);
        var view = ClientView.Of(step.Descriptor, step.Registration);
        return secret.Value is null
            ? SaveClient.Show(http, StatusCodes.Status200OK, view)
            : SaveClient.Show(http, StatusCodes.Status200OK, new ClientWithSecret(view, secret.Value));
    }

    private async Task<IResult> DeleteAsync(string clientId, HttpContext http, CancellationToken ct)
    {
        var taken = await TakeAsync(clientId, http, ct);
        if (!taken.IsSuccess)
            return taken.Error.ToProblem();
        var step = taken.Value;
        await using var transaction = await db.Database.BeginTransactionAsync(ct);
        audit.Record("client.deleted", AuditTarget.Client, clientId, null, SaveClient.ForAudit(ClientView.Of(step.Descriptor, step.Registration)), null);
        step.Registration.Delete(time.GetUtcNow());
        await registry.VoidTokensAsync(step.Client, step.Registration, ct);
        await db.SaveChangesAsync(ct);
        await clients.DeleteAsync(step.Client, ct);
        await transaction.CommitAsync(ct);
        return TypedResults.NoContent();
    }

    private Result<string?> Rotate(Step step)
    {
        if (step.Registration.IsDisabled)
            return IdentityErrors.ClientDisabled;
        if (step.Descriptor.ClientSecret is null)
            return IdentityErrors.ClientHasNoSecret;
        var secret = ClientRegistry.NewSecret();
        step.Descriptor.ClientSecret = secret;
        step.Registration.Touch(time.GetUtcNow());
        return secret;
    }

    private Result<string?> Disable(Step step)
    {
        if (!step.Registration.IsDisabled)
        {
            step.Registration.Disable(step.Descriptor.Permissions, time.GetUtcNow());
            step.Descriptor.Permissions.Clear();
        }

        return (string?)null;
    }

    private Result<string?> Enable(Step step)
    {
        if (step.Registration.IsDisabled)
            step.Descriptor.Permissions.UnionWith(step.Registration.Enable(time.GetUtcNow()));
        return (string?)null;
    }

    private async Task<Result<Step>> TakeAsync(string clientId, HttpContext http, CancellationToken ct)
    {
        if (!(await scopes.ReadAsync(ct)).IsProvince)
            return IdentityErrors.ProvinceOnly;
        var taken = await registry.TakeAsync(clientId, http.Request, ct);
        if (!taken.IsSuccess)
            return taken.Error;
        return new Step(taken.Value.Client, taken.Value.Registration, await registry.DescribeAsync(taken.Value.Client, ct));
    }

    private sealed record Step(object Client, ClientRegistration Registration, OpenIddictApplicationDescriptor Descriptor);
}
