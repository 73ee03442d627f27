using HaLong.Cli.Platform;

namespace HaLong.Cli.Journey;

/// <summary>Sign-ins that several journeys share: each account signs in once, and again before its token ends.</summary>
internal sealed class SignIns(Func<string, Task<string>> signIn, TimeProvider time)
{
    /// <summary>The partner system, among the roles of people.</summary>
    public const string Partner = "partner";

    /// <summary>Tokens live ten minutes; a step takes at most two.</summary>
    private static readonly TimeSpan Fresh = TimeSpan.FromMinutes(7);

    private readonly Dictionary<string, (string Token, long Since)> _tokens = [];

    /// <summary>Sign-ins at a running platform.</summary>
    public static SignIns At(PlatformFile platform) => new(role => AtAsync(platform, role), TimeProvider.System);

    /// <summary>A token of this role that lives a while yet.</summary>
    public async Task<string> OfAsync(string role)
    {
        if (!_tokens.TryGetValue(role, out var known) || time.GetElapsedTime(known.Since) > Fresh)
            _tokens[role] = known = (await signIn(role), time.GetTimestamp());
        return known.Token;
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
