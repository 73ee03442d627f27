using System.Reflection;

namespace HaLong.Identity.Tests;

/// <summary>Runs the real executable's entry point in one of its run modes.</summary>
internal static class IdentityProgram
{
    public const string DemoPassword = "Demo-password-1";
    public const string KeyPassword = "key-password-of-the-tests";

    public static Dictionary<string, string?> Settings(string connection) => new()
    {
        ["environment"] = "Development",
        ["ConnectionStrings:identity-db"] = connection,
        ["ConnectionStrings:broker"] = "amqp://nobody@127.0.0.1:1",
        ["PublicUrl"] = IdentitySite.PublicUrl,
        ["Portal:Url"] = "http://portal.test",
        ["Keys:Password"] = KeyPassword,
        ["Demo:Password"] = DemoPassword,
        ["Clients:identity:Secret"] = "identity-secret",
        ["Clients:dossier:Secret"] = "dossier-secret",
        ["Clients:payment:Secret"] = "payment-secret",
        ["Clients:notification:Secret"] = "notification-secret",
        ["Clients:e-signature:Secret"] = "e-signature-secret",
        ["Clients:gateway:Secret"] = "gateway-secret",
        ["Clients:partner:Secret"] = "partner-secret",
    };

    public static Task<int> RunAsync(string mode, Dictionary<string, string?> settings) => Task.Run(() =>
    {
        string[] args = [mode, .. settings.Where(s => s.Value is not null).Select(s => $"--{s.Key}={s.Value}")];
        try
        {
            return (int)typeof(Program).Assembly.EntryPoint!.Invoke(null, [args])!;
        }
        catch (TargetInvocationException e) when (e.InnerException is not null)
        {
            throw e.InnerException;
        }
    });
}
