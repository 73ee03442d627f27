using System.Security.Cryptography;
using Org.BouncyCastle.Asn1;
using Org.BouncyCastle.Asn1.X509;
using Org.BouncyCastle.Crypto;

namespace HaLong.Signatures.Cryptography;

/// <summary>Lets the writer of status answers sign with one of our keys: it hashes what it is given and asks the key for a signature.</summary>
internal sealed class StatusSignature(SigningKey key) : ISignatureFactory
{
    public object AlgorithmDetails { get; } = new AlgorithmIdentifier(new DerObjectIdentifier(key.Algorithm.Oid));

    public IStreamCalculator<IBlockResult> CreateCalculator() => new Calculator(key);

    private sealed class Calculator(SigningKey key) : IStreamCalculator<IBlockResult>
    {
        public Stream Stream { get; } = new MemoryStream();

        public IBlockResult GetResult() => new Signature(key.SignHash(CryptographicOperations.HashData(key.Algorithm.Hash, ((MemoryStream)Stream).ToArray())));
    }

    private sealed class Signature(byte[] value) : IBlockResult
    {
        public byte[] Collect() => value;

        public int Collect(byte[] buf, int off)
        {
            value.CopyTo(buf, off);
            return value.Length;
        }

        public int Collect(Span<byte> output)
        {
            value.CopyTo(output);
            return value.Length;
        }

        public int GetMaxResultLength() => value.Length;
    }
}
