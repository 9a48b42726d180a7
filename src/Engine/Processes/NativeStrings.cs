using System.Runtime.InteropServices;
using System.Text;
using AgentDeck.Engine.Transports;

namespace AgentDeck.Engine.Processes;

/// <summary>An array of C strings that ends with null, outside of the managed heap.</summary>
internal sealed unsafe class NativeStrings : IDisposable
{
    private readonly int _count;

    /// <summary>Copies strings.</summary>
    /// <exception cref="TransportException">One contains a NUL character.</exception>
    public NativeStrings(List<string> strings)
    {
        foreach (var text in strings)
        {
            if (text.Contains('\0', StringComparison.Ordinal))
            {
                throw new TransportException(TransportFault.Denied, "a command's argument or variable contains a NUL character");
            }
        }

        _count = strings.Count;
        Array = (byte**)NativeMemory.AllocZeroed((nuint)_count + 1, (nuint)sizeof(byte*));
        for (var index = 0; index < _count; index++)
        {
            var bytes = Encoding.UTF8.GetBytes(strings[index] + '\0');
            Array[index] = (byte*)NativeMemory.Alloc((nuint)bytes.Length);
            bytes.CopyTo(new Span<byte>(Array[index], bytes.Length));
        }
    }

    /// <summary>Valid until this is disposed.</summary>
    public byte** Array { get; }

    /// <inheritdoc/>
    public void Dispose()
    {
        for (var index = 0; index < _count; index++)
        {
            NativeMemory.Free(Array[index]);
        }

        NativeMemory.Free(Array);
    }
}
