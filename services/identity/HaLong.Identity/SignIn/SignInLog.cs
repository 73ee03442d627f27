using System.Diagnostics;
using HaLong.Identity.Persistence;

namespace HaLong.Identity.SignIn;

/// <summary>Counts and writes down what came of a step of signing in; the caller saves.</summary>
internal sealed class SignInLog(IdentityDbContext db, IdentityInstruments instruments, TimeProvider time)
{
    public void Add(string outcome, Guid? accountId)
    {
        var now = time.GetUtcNow();
        db.SignInRecords.Add(new SignInRecord
        {
            Id = Guid.CreateVersion7(now),
            At = now,
            Outcome = outcome,
            AccountId = accountId,
            TraceId = Activity.Current?.TraceId.ToString(),
        });
        instruments.SignIn(outcome);
    }
}

/// <summary>Outcomes of the steps after, or instead of, the password.</summary>
internal static class StepOutcome
{
    public const string SecondStepAsked = "second_step_asked";
    public const string SecondStepLocked = "second_step_locked";
    public const string CodeAccepted = "code_accepted";
    public const string WrongCode = "wrong_code";
    public const string CodeReplayed = "code_replayed";
    public const string RecoveryCodeUsed = "recovery_code_used";
    public const string PasskeyAccepted = "passkey_accepted";
    public const string PasskeyRefused = "passkey_refused";
    public const string Federated = "federated";
    public const string FederationRefused = "federation_refused";
}
