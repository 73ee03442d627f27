namespace HaLong.Notifications.Sending.Push;

/// <summary>The verb <c>push-keys</c>: makes the key pair of Web Push and prints it as settings. Needs no database.</summary>
internal static class PushKeysCommand
{
    public const string Verb = "push-keys";

    public static int Run(TextWriter output)
    {
        var keys = VapidKeys.New();
        output.WriteLine("# Changing the pair ends every push subscription there is. Keep the private key as a secret.");
        output.WriteLine($"Push__PublicKey={keys.PublicText}");
        output.WriteLine($"Push__PrivateKey={keys.PrivateText}");
        return 0;
    }
}
