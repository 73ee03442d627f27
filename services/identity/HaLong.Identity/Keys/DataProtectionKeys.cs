using System.Xml.Linq;
using HaLong.Identity.Persistence;
using Microsoft.AspNetCore.DataProtection.Repositories;
using Microsoft.AspNetCore.DataProtection.XmlEncryption;
using Microsoft.EntityFrameworkCore;

namespace HaLong.Identity.Keys;

/// <summary>A data protection key as stored; every replica reads the same ones and so understands every cookie.</summary>
internal sealed class DataProtectionKey
{
    public required string Name { get; init; }

    public required string Xml { get; init; }
}

internal sealed class DataProtectionKeyStore(IServiceScopeFactory scopes) : IXmlRepository
{
    public IReadOnlyCollection<XElement> GetAllElements()
    {
        using var scope = scopes.CreateScope();
        var db = scope.ServiceProvider.GetRequiredService<IdentityDbContext>();
        return [.. db.DataProtectionKeys.AsNoTracking().AsEnumerable().Select(k => XElement.Parse(k.Xml))];
    }

    public void StoreElement(XElement element, string friendlyName)
    {
        using var scope = scopes.CreateScope();
        var db = scope.ServiceProvider.GetRequiredService<IdentityDbContext>();
        db.DataProtectionKeys.Add(new DataProtectionKey { Name = friendlyName, Xml = element.ToString(SaveOptions.DisableFormatting) });
        db.SaveChanges();
    }
}

/// <summary>Who can read the database must not be able to forge a session cookie: the keys are sealed.</summary>
internal sealed class DataProtectionSealer(KeyVault vault) : IXmlEncryptor
{
    public EncryptedXmlInfo Encrypt(XElement plaintextElement)
    {
        var secret = System.Text.Encoding.UTF8.GetBytes(plaintextElement.ToString(SaveOptions.DisableFormatting));
        var box = vault.Seal(KeyVault.DataProtection, "", secret);
        return new EncryptedXmlInfo(new XElement("sealed", Convert.ToBase64String(box)), typeof(DataProtectionOpener));
    }
}

internal sealed class DataProtectionOpener : IXmlDecryptor
{
    private readonly KeyVault _vault;

    public DataProtectionOpener(IServiceProvider services) => _vault = services.GetRequiredService<KeyVault>();

    public XElement Decrypt(XElement encryptedElement) => XElement.Parse(System.Text.Encoding.UTF8.GetString(
        _vault.Open(KeyVault.DataProtection, "", Convert.FromBase64String(encryptedElement.Value))));
}
