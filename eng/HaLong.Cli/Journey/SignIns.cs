using HaLong.Cli.Platform;

namespace HaLong.Cli.Journey;

/// <summary>Sign-ins that several journeys share: each account signs in once, and again before its token ends.</summary>
internal sealed class SignIns(Func<string, Task<string>> signIn, TimeProvider time)
{
    /// <summary>The partner system, among the roles of people.</summary>
    public const string Partner = "partner";

    /// <summary>Tokens live ten minutes; a step takes at most two.</summary>
    private static readonly TimeSpan Fresh = TimeSpan.FromMinutes(7);

    private readonly Lock _gate = new();
    private readonly Dictionary<string, (Task<string> Token, long Since)> _tokens = [];

    /// <summary>Sign-ins at a running platform.</summary>
    public static SignIns At(PlatformFile platform) => new(role => AtAsync(platform, role), TimeProvider.System);

    /// <summary>A token of this role that lives a while yet.</summary>
    public Task<string> OfAsync(string role)
    {
        // Several journeys may be under way at the same time.
        lock (_gate)
        {
            if (!_tokens.TryGetValue(role, out var known) || known.Token.IsFaulted || time.GetElapsedTime(known.Since) > Fresh)
                _tokens[role] = known = (signIn(role), time.GetTimestamp());
            return known.Token;
        }
    }

    private static Task<string> AtAsync(PlatformFile platform, string role)
    {
        if (role == Partner)
        {
            var client = platform.Client(Partner);
            return SignIn.AsClientAsync(platform.Gateway, client.ClientId, client.ClientSecret, "halong.events");
        }

        var account = platform.Account(role);
        return SignIn.AsPersonAsync(platform.Gateway, account.UserName, account.Password);
    }
}
