using System.Globalization;

namespace HaLong.Payments.Tests.Proof;

/// <summary>How long the proofs look: a little in every run of the suite, as much as one likes by the environment.</summary>
internal static class Budget
{
    /// <summary>Seed of the random schedules: HALONG_PROOF_SEED.</summary>
    public static int Seed => Number("HALONG_PROOF_SEED", 20261130);

    /// <summary>Operations of the model-based test: HALONG_PROOF_OPERATIONS.</summary>
    public static int Operations => Number("HALONG_PROOF_OPERATIONS", 100);

    /// <summary>How often the service is killed: HALONG_PROOF_KILLS.</summary>
    public static int Kills => Number("HALONG_PROOF_KILLS", 2);

    /// <summary>Payment requests for each kill: HALONG_PROOF_REQUESTS.</summary>
    public static int Requests => Number("HALONG_PROOF_REQUESTS", 30);

    private static int Number(string name, int otherwise) => int.TryParse(Environment.GetEnvironmentVariable(name), NumberStyles.None, CultureInfo.InvariantCulture, out var n) ? n : otherwise;
}
