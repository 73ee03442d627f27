using System.Collections.Concurrent;
using System.Runtime.InteropServices;
using System.Security.Cryptography;
using HaLong.ServiceDefaults;
using Net.Pkcs11Interop.Common;
using Net.Pkcs11Interop.HighLevelAPI;
using ISession = Net.Pkcs11Interop.HighLevelAPI.ISession;

namespace HaLong.Signatures.Cryptography.Pkcs11;

/// <summary>
/// A PKCS #11 token (v2.40): keys are made in it, do not leave it, and sign in it. Sessions are pooled; when the token was pulled or its sessions were closed, they are
/// opened anew once and the operation is repeated. A wrong PIN is tried once and never again: tokens lock themselves.
/// </summary>
internal sealed class Token(TokenOptions options)
{
    // A library is initialised once in a process (§11.4); several tokens may be behind it.
    private static readonly ConcurrentDictionary<string, Lazy<IPkcs11Library>> Libraries = new(StringComparer.Ordinal);
    private static readonly Pkcs11InteropFactories Factories = new();

    // What a token says when it, or a session with it, is gone.
    private static readonly HashSet<CKR> Gone =
    [
        CKR.CKR_SESSION_HANDLE_INVALID, CKR.CKR_SESSION_CLOSED, CKR.CKR_TOKEN_NOT_PRESENT, CKR.CKR_DEVICE_REMOVED, CKR.CKR_DEVICE_ERROR,
        CKR.CKR_USER_NOT_LOGGED_IN, CKR.CKR_TOKEN_NOT_RECOGNIZED, CKR.CKR_SLOT_ID_INVALID, CKR.CKR_KEY_HANDLE_INVALID, CKR.CKR_OBJECT_HANDLE_INVALID,
    ];

    // The wrapper asks for "libdl", which only machines of developers have under that name; the loader's functions are in libdl.so.2, or in libc since glibc 2.34.
    static Token() => NativeLibrary.SetDllImportResolver(typeof(IPkcs11Library).Assembly, (name, assembly, path) =>
        name == "libdl" && OperatingSystem.IsLinux() && (NativeLibrary.TryLoad("libdl.so.2", out var loader) || NativeLibrary.TryLoad("libc.so.6", out loader)) ? loader : 0);

    private readonly ConcurrentBag<ISession> idle = [];
    private readonly Lock gate = new();
    private bool isRefused;

    /// <summary>Makes a key pair on an elliptic curve; the private half can be neither read nor copied.</summary>
    /// <param name="curve">P-256 or P-384.</param>
    /// <exception cref="ErrorException">SIG-0435.</exception>
    public TokenKey NewElliptic(ECCurve curve) => Use(session =>
    {
        var id = RandomNumberGenerator.GetBytes(16);
        using var mechanism = Factories.MechanismFactory.Create(CKM.CKM_EC_KEY_PAIR_GEN);
        session.GenerateKeyPair(mechanism, [.. Public(id), Attribute(CKA.CKA_EC_PARAMS, TokenEncoding.CurveOf(curve))], Private(id), out var publicKey, out _);
        var point = session.GetAttributeValue(publicKey, [CKA.CKA_EC_POINT])[0].GetValueAsByteArray();
        return new TokenKey(id, TokenEncoding.PublicKey(curve, point));
    });

    /// <summary>Makes an RSA key pair.</summary>
    /// <param name="bits">2048 or more.</param>
    /// <exception cref="ErrorException">SIG-0435.</exception>
    public TokenKey NewRsa(int bits) => Use(session =>
    {
        var id = RandomNumberGenerator.GetBytes(16);
        using var mechanism = Factories.MechanismFactory.Create(CKM.CKM_RSA_PKCS_KEY_PAIR_GEN);
        session.GenerateKeyPair(mechanism, [.. Public(id), Factories.ObjectAttributeFactory.Create(CKA.CKA_MODULUS_BITS, (ulong)bits),
            Attribute(CKA.CKA_PUBLIC_EXPONENT, [1, 0, 1])], Private(id), out var publicKey, out _);
        var parts = session.GetAttributeValue(publicKey, [CKA.CKA_MODULUS, CKA.CKA_PUBLIC_EXPONENT]);
        return new TokenKey(id, TokenEncoding.PublicKey(parts[0].GetValueAsByteArray(), parts[1].GetValueAsByteArray()));
    });

    /// <summary>Signs in the token.</summary>
    /// <param name="key">Whose private half.</param>
    /// <param name="mechanism">CKM_ECDSA (a hash goes in, r and s come out) or CKM_RSA_PKCS (a DigestInfo goes in).</param>
    /// <param name="data">What goes in.</param>
    /// <exception cref="ErrorException">SIG-0435.</exception>
    public byte[] Sign(TokenKey key, CKM mechanism, byte[] data) => Use(session =>
    {
        var found = session.FindAllObjects([Factories.ObjectAttributeFactory.Create(CKA.CKA_CLASS, CKO.CKO_PRIVATE_KEY), Attribute(CKA.CKA_ID, key.Id)]);
        if (found.Count != 1)
            throw new CryptographicException("The token does not hold the key.");
        using var how = Factories.MechanismFactory.Create(mechanism);
        return session.Sign(how, found[0], data);
    });

    /// <summary>Whether the token is there and lets this service in.</summary>
    public bool IsReady()
    {
        try
        {
            return Use(session => session.GetSessionInfo().State is CKS.CKS_RW_USER_FUNCTIONS or CKS.CKS_RO_USER_FUNCTIONS);
        }
        catch (ErrorException)
        {
            return false;
        }
    }

    private T Use<T>(Func<ISession, T> work)
    {
        for (var attempt = 1; ; attempt++)
        {
            ISession? session = null;
            try
            {
                session = idle.TryTake(out var pooled) ? pooled : Open();
                var result = work(session);
                idle.Add(session);
                return result;
            }
            catch (Pkcs11Exception e) when (Gone.Contains(e.RV) && attempt == 1)
            {
                // The others were opened with the same token: none of them is good any more.
                Drop(session);
                while (idle.TryTake(out var other))
                    Drop(other);
            }
            catch (Exception e) when (e is Pkcs11Exception or CryptographicException or LibraryArchitectureException or UnmanagedException or DllNotFoundException)
            {
                Drop(session);
                throw new ErrorException(TokenErrors.Away, e);
            }
        }
    }

    private ISession Open()
    {
        lock (gate)
        {
            if (isRefused)
                throw new CryptographicException("The token refused the PIN before; it is not tried again.");
            var library = Libraries.GetOrAdd(options.Library, path => new Lazy<IPkcs11Library>(() =>
                Factories.Pkcs11LibraryFactory.LoadPkcs11Library(Factories, path, AppType.MultiThreaded))).Value;
            var slot = library.GetSlotList(SlotsType.WithTokenPresent).Find(s => s.GetTokenInfo().Label.Trim() == options.Label)
                ?? throw new CryptographicException("There is no token of that label.");
            var session = slot.OpenSession(SessionType.ReadWrite);
            try
            {
                session.Login(CKU.CKU_USER, options.Pin);
            }
            // All sessions with a token share the log-in.
            catch (Pkcs11Exception e) when (e.RV == CKR.CKR_USER_ALREADY_LOGGED_IN)
            {
            }
            catch (Pkcs11Exception e)
            {
                isRefused = e.RV is CKR.CKR_PIN_INCORRECT or CKR.CKR_PIN_LOCKED or CKR.CKR_PIN_INVALID or CKR.CKR_PIN_LEN_RANGE;
                Drop(session);
                throw;
            }

            return session;
        }
    }

    private static void Drop(ISession? session)
    {
        try
        {
            session?.Dispose();
        }
        // It is gone already.
        catch (Pkcs11Exception)
        {
        }
    }

    private static List<IObjectAttribute> Public(byte[] id) =>
    [
        Attribute(CKA.CKA_TOKEN, true), Attribute(CKA.CKA_PRIVATE, false), Attribute(CKA.CKA_ID, id), Attribute(CKA.CKA_VERIFY, true),
    ];

    private static List<IObjectAttribute> Private(byte[] id) =>
    [
        Attribute(CKA.CKA_TOKEN, true), Attribute(CKA.CKA_PRIVATE, true), Attribute(CKA.CKA_ID, id), Attribute(CKA.CKA_SIGN, true),
        Attribute(CKA.CKA_SENSITIVE, true), Attribute(CKA.CKA_EXTRACTABLE, false),
    ];

    private static IObjectAttribute Attribute(CKA type, bool value) => Factories.ObjectAttributeFactory.Create(type, value);

    private static IObjectAttribute Attribute(CKA type, byte[] value) => Factories.ObjectAttributeFactory.Create(type, value);
}
