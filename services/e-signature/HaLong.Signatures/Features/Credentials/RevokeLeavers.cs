using HaLong.Identity.Contracts.Events;
using HaLong.ServiceDefaults;
using HaLong.Signatures.Domain;
using HaLong.Signatures.Pki.Persons;
using MassTransit;
using Microsoft.EntityFrameworkCore;

namespace HaLong.Signatures.Features.Credentials;

/// <summary>An account is closed: nobody signs with it any more.</summary>
internal sealed class RevokeOnClosing(CredentialEnds ends) : IConsumer<AccountClosed>
{
    public Task Consume(ConsumeContext<AccountClosed> context) => ends.RevokeAsync(
        ends.Living(context.Message.AccountId), RevocationReason.CessationOfOperation, "account closed", context.CancellationToken);
}

/// <summary>
/// An assignment ends: the officer's credential of that unit with it, at once or after its last day, unless another assignment gives the same
/// role there. Identity is asked, because events may come late and out of order.
/// </summary>
internal sealed class RevokeOnRelease(CredentialEnds ends, TimeProvider time) : IConsumer<StaffReleased>
{
    public async Task Consume(ConsumeContext<StaffReleased> context)
    {
        var (message, ct) = (context.Message, context.CancellationToken);
        var held = ends.Living(message.AccountId).Where(c => c.Kind == CredentialKind.Officer && c.UnitCode == message.UnitCode);
        if (!message.IsImmediate && message.LastDay >= LocalTime.Date(time.GetUtcNow()))
        {
            await CredentialEnds.AssignUntilAsync(held, message.LastDay, ct);
            return;
        }

        foreach (var credential in await held.AsNoTracking().ToListAsync(ct))
            await ends.RevokeUnlessAssignedAsync(credential, ct);
    }
}

/// <summary>The verification of a person was undone: a certificate that rests on it says what is not known any more.</summary>
internal sealed class RevokeOnDoubt(CredentialEnds ends) : IConsumer<AccountVerificationUndone>
{
    public Task Consume(ConsumeContext<AccountVerificationUndone> context) => context.Message.Level >= 2 ? Task.CompletedTask : ends.RevokeAsync(
        ends.Living(context.Message.AccountId).Where(c => c.Kind == CredentialKind.Citizen && c.Assurance >= 2),
        RevocationReason.AffiliationChanged, "verification undone", context.CancellationToken);
}
