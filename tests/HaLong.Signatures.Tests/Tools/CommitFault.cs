using System.Data.Common;
using Microsoft.EntityFrameworkCore.Diagnostics;

namespace HaLong.Signatures.Tests.Tools;

/// <summary>Kills what is under way at its n-th commit about signing sessions: just before it, so that nothing is written, or just
/// behind.</summary>
internal sealed class CommitFault : DbTransactionInterceptor
{
    private int left = int.MinValue;
    private bool behind;

    public int Fired { get; private set; }

    public void Arm(int commit, bool behindIt) => (left, behind, Fired) = (commit, behindIt, 0);

    public void Disarm() => left = int.MinValue;

    public override ValueTask<InterceptionResult> TransactionCommittingAsync(DbTransaction transaction, TransactionEventData eventData,
        InterceptionResult result, CancellationToken cancellationToken = default) =>
        !behind && IsOurs(eventData.Context) && --left == 0 ? throw Died() : ValueTask.FromResult(result);

    public override Task TransactionCommittedAsync(DbTransaction transaction, TransactionEndEventData eventData,
        CancellationToken cancellationToken = default) =>
        behind && IsOurs(eventData.Context) && --left == 0 ? throw Died() : Task.CompletedTask;

    private InvalidOperationException Died()
    {
        Fired++;
        return new InvalidOperationException("The process died here.");
    }

    // The outbox has commits of its own.
    private static bool IsOurs(Microsoft.EntityFrameworkCore.DbContext? context) => context?.ChangeTracker.Entries()
        .Any(e => e.Entity.GetType().Namespace == "HaLong.Signatures.Domain.Sessions") == true;
}
